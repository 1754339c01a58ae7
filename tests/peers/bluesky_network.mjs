// The whole network of AT Protocol on loopback: PLC, PDS, AppView and what they need, until it is told to end.
import { createRequire } from 'node:module'
import net from 'node:net'
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (...given) {
  if (given[0] && typeof given[0] === 'object' && !given[0].fd && 'port' in given[0]) given[0] = { ...given[0], host: '127.0.0.1' }
  else if (typeof given[0] === 'number' || given[0] === undefined) {
    const done = given.find((one) => typeof one === 'function')
    given = [{ port: given[0] || 0, host: '127.0.0.1' }]
    if (done) given.push(done)
  }
  return listen.apply(this, given)
}
const { TestNetwork } = await import(createRequire(process.env.AT + '/').resolve('@atproto/dev-env'))
const port = (name) => Number(process.env[name])
const network = await TestNetwork.create({
  dbPostgresUrl: process.env.DB_POSTGRES_URL,
  dbPostgresSchema: 'test',
  plc: { port: port('PLC') },
  pds: { port: port('PDS'), hostname: 'localhost', enableDidDocWithSession: true },
  bsky: { port: port('BSKY'), publicUrl: `http://localhost:${port('BSKY')}` },
  ozone: { port: port('OZONE') },
})
console.log('READY ' + network.pds.url)
const end = async () => {
  await network.close()
  process.exit(0)
}
process.on('SIGTERM', end)
process.on('SIGINT', end)
