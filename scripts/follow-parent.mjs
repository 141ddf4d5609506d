// Loaded into every process that Duebook starts: ends it when its parent is gone, however the parent ended.
// The parent holds the other end of the IPC channel; the kernel closes it even after SIGKILL.

const patience = 20_000

// Next hands our arguments on to processes of its own, whose channels are none of our business.
if (process.channel && process.env.DUEBOOK_PARENT === String(process.ppid)) {
  process.once('disconnect', () => {
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), patience).unref()
    process.kill(process.pid, 'SIGTERM')
  })
  // The channel must not keep a process alive that has nothing else to do.
  process.channel.unref()
}
