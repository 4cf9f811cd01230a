export { message } from './message';
export { post } from './post';
export { task } from './task';
