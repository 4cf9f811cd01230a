/** The sign of the browser's tab, of board and inbox alike; without one every page would ask for a file that is not there. */
export const ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#0b4f9c"/>'
  + '<path d="M10 7h6a9 9 0 0 1 0 18h-6zM7 16h8" fill="none" stroke="#fff" stroke-width="3"/></svg>';
export const ICON_TYPE = 'image/svg+xml';
