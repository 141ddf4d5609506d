// Loaded into every process that Duebook starts: ends it when its parent is gone, however the parent ended.
// The parent holds the other end of the IPC channel; the kernel closes it even after SIGKILL.

const patience = 20_000

// Only where the channel leads to the starter: Next forks workers that inherit this import, and a worker whose channel
// does not keep it alive ends before its first task.
if (process.channel && process.ppid === Number(process.env.DUEBOOK_STARTER)) {
  process.once('disconnect', () => {
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), patience).unref()
    process.kill(process.pid, 'SIGTERM')
  })
  // The channel must not keep a process alive that has nothing else to do.
  process.channel.unref()
}
