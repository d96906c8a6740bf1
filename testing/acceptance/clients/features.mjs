// Every client does what its own documentation shows, with nothing changed but base URL and key, and says how it went.
// Reads {"origin","model","keys":{"rich","poor","otherRoutes","slow","leaving"}}; writes a line of JSON for each:
// {"client","feature","failed"}, failed being what went wrong, or null.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import agents from './agents.mjs'
import aiSdk from './ai-sdk.mjs'
import { QUESTION } from './asked.mjs'
import langchain from './langchain.mjs'
import sdks from './sdks.mjs'

const system = JSON.parse(readFileSync(0, 'utf8'))
const { keys } = system
const WORDS = 40
const SAYS = `Say something. [[sim: tokens=${WORDS}]]`
const CLIENTS = { ...sdks(system), ...aiSdk(system), ...langchain(system), ...agents(system) }

/** All pieces of a stream, and what it used. */
async function all(stream) {
  const said = []
  for (;;) {
    const { done, value } = await stream.next()
    if (done) {
      return { said, used: value }
    }
    said.push(value)
  }
}

/** What is asked is refused with a status, and the client tells it as its documentation says. */
const raises = (client, status, asked) =>
  assert.rejects(
    () => client.whole(asked),
    (error) => {
      assert.ok(client.isError(error, status), `${status} is raised as ${error?.constructor?.name}: ${error}`)
      return true
    })

const features = {
  async create(client) {
    const { text } = await client.whole({ key: keys.rich, prompt: SAYS })
    assert.ok(text.length > WORDS, text)
  },
  async stream(client) {
    const { said } = await all(client.streamed({ key: keys.rich, prompt: SAYS }))
    assert.equal(said.length, WORDS)
  },
  async usage(client) {
    const { used } = await client.whole({ key: keys.rich, prompt: SAYS })
    assert.equal(used, WORDS, 'of a whole answer')
    assert.equal((await all(client.streamed({ key: keys.rich, prompt: SAYS }))).used, WORDS, 'of a stream')
  },
  /** A call, its result, and an answer that is made of the result. */
  async tools(client) {
    const asked = []
    const said = await client.tools({ key: keys.rich, prompt: 'What is the weather in Rome?' }, async ({ city }) => {
      asked.push(city)
      return 'Sunny. [[sim: say=It is sunny there.]]'
    })
    assert.deepEqual(asked, ['example'])
    assert.equal(said, 'It is sunny there.')
  },
  async 'structured output'(client) {
    const { city } = await client.structured({ key: keys.rich, prompt: QUESTION })
    assert.equal(city, 'example')
  },
  async abort(client) {
    const leaving = new AbortController()
    const asked = {
      key: keys.rich, prompt: 'Say much. [[sim: tokens=5000, chunk-delay-ms=10]]', limit: 5_000, signal: leaving.signal }
    let seen = 0
    const reading = async () => {
      for await (const piece of client.streamed(asked)) {
        seen += piece === '' ? 0 : 1
        if (seen === 5) {
          leaving.abort()
        }
      }
    }
    // Some raise what they were told, others just end.
    await reading().catch((error) => assert.ok(leaving.signal.aborted, String(error)))
    assert.ok(seen >= 5 && seen < 2_000, `${seen} pieces were seen`)
  },
  async 'time-out'(client) {
    const asked = { key: keys.leaving, prompt: 'Wait. [[sim: first-byte-delay-ms=3500]]', timeoutMillis: 700 }
    await assert.rejects(
      () => client.whole(asked),
      (error) => {
        assert.ok(client.isTimeOut(error), `a time-out is raised as ${error?.constructor?.name}: ${error}`)
        return true
      })
  },
  async retries(client, name) {
    const prompt = `Try again, ${name}. [[sim: tokens=${WORDS}, fail=500, fail-times=1]]`
    assert.equal((await client.whole({ key: keys.rich, prompt, retries: 1 })).used, WORDS)
  },
  async errors(client) {
    const fails = (status) => ({ key: keys.rich, prompt: `Fail. [[sim: fail=${status}]]` })
    await raises(client, 400, fails(400))
    await raises(client, 401, { key: 'sk-gogogo-nobody', prompt: SAYS })
    await raises(client, 402, { key: keys.poor, prompt: SAYS, limit: 10_000 })
    await raises(client, 403, { key: keys.otherRoutes, prompt: SAYS })
    await raises(client, 404, { key: keys.rich, prompt: SAYS, model: 'no-such-model' })
    await raises(client, 422, fails(422))
    // Its minute may have gone by since it was full, but not twice.
    await client.whole({ key: keys.slow, prompt: SAYS }).catch(() => null)
    await raises(client, 429, { key: keys.slow, prompt: SAYS })
    await raises(client, 502, fails(500))
    await raises(client, 503, fails(503))
    await raises(client, 504, { key: keys.rich, prompt: 'Wait. [[sim: first-byte-delay-ms=20000]]' })
  },
  async 'error in a stream'(client) {
    const stream = client.streamed({ key: keys.rich, prompt: 'Say something. [[sim: tokens=20, error-after=3]]' })
    let seen = 0
    await assert.rejects(
      async () => {
        for await (const piece of stream) {
          seen += piece === '' ? 0 : 1
        }
      },
      (error) => client.isBroken(error))
    assert.equal(seen, 3)
  },
}

const has = (client, feature) =>
  feature === 'tools' ? client.tools : feature === 'structured output' ? client.structured : true

await Promise.all(
  Object.entries(CLIENTS).map(async ([name, client]) => {
    for (const [feature, works] of Object.entries(features)) {
      if (!has(client, feature)) {
        continue
      }
      let failed = null
      try {
        await works(client, name)
      } catch (error) {
        failed = String(error?.message ?? error)
      }
      console.log(JSON.stringify({ client: name, feature, failed }))
    }
  }))
