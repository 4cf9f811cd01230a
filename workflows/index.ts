export { message } from './message';
export { post } from './post';
export { renewal } from './renewal';
export { task } from './task';
