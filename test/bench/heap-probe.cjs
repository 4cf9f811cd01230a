/** Loaded into every thread of a child: collects garbage and says how much of its heap is in use, when asked on the channel `heap`. */
const { BroadcastChannel, isMainThread } = require('node:worker_threads');

if (!isMainThread) {
  const channel = new BroadcastChannel('heap');
  channel.unref();
  channel.onmessage = ({ data }) => {
    if (data !== 'how much') return;
    globalThis.gc();
    channel.postMessage(process.memoryUsage().heapUsed);
  };
}
