// The official clients of x402 as the fetch of SDKs: an account without credit pays its 402, and is answered.
import Anthropic from '@anthropic-ai/sdk'
import { ExactEvmScheme } from '@x402/evm'
import { decodePaymentResponseHeader, wrapFetchWithPaymentFromConfig } from '@x402/fetch'
import OpenAI from 'openai'
import { privateKeyToAccount } from 'viem/accounts'
import { text as textOf } from 'node:stream/consumers'
import { text } from './asked.mjs'

const { origin, model, privateKey, network, asset, cases } = JSON.parse(await textOf(process.stdin))
const account = privateKeyToAccount(privateKey)

/** A fetch that pays, at most so much at once, and what went over the wire. */
function paying() {
  const seen = []
  const watched = async (input, init) => {
    const answer = await fetch(input, init)
    const settled = answer.headers.get('payment-response')
    seen.push({ status: answer.status, settled: settled && decodePaymentResponseHeader(settled), cost: answer.headers.get('x-cost-usd') })
    return answer
  }
  const paid = wrapFetchWithPaymentFromConfig(watched, {
    schemes: [{ network: 'eip155:*', client: new ExactEvmScheme(account) }],
    spendControls: { allowedAssets: [{ network, asset, maxAmountPerPayment: '5000000' }] },
  })
  return { fetch: paid, seen }
}

const messages = (prompt) => [{ role: 'user', content: prompt }]

const asked = {
  async chat(client, { apiKey, prompt }) {
    const openai = new OpenAI({ baseURL: `${origin}/v1`, apiKey, fetch: client.fetch })
    const answer = await openai.chat.completions.create({ model, messages: messages(prompt), max_tokens: 20 })
    return answer.choices[0].message.content
  },
  async streamed(client, { apiKey, prompt }) {
    const openai = new OpenAI({ baseURL: `${origin}/v1`, apiKey, fetch: client.fetch })
    const stream = await openai.chat.completions.create({ model, messages: messages(prompt), max_tokens: 20, stream: true })
    let said = ''
    for await (const chunk of stream) {
      said += chunk.choices[0]?.delta?.content ?? ''
    }
    return said
  },
  async responses(client, { apiKey, prompt }) {
    const openai = new OpenAI({ baseURL: `${origin}/v1`, apiKey, fetch: client.fetch })
    const answer = await openai.responses.create({ model, input: prompt, max_output_tokens: 20 })
    return answer.output_text
  },
  async messages(client, { apiKey, prompt }) {
    const anthropic = new Anthropic({ baseURL: origin, apiKey, fetch: client.fetch })
    const answer = await anthropic.messages.create({ model, messages: messages(prompt), max_tokens: 20 })
    return text(answer.content)
  },
  async keyed(client, { apiKey, prompt }) {
    const openai = new OpenAI({ baseURL: `${origin}/v1`, apiKey, fetch: client.fetch })
    const body = { model, messages: messages(prompt), max_tokens: 20 }
    const once = { headers: { 'Idempotency-Key': 'x402' } }
    const first = await openai.chat.completions.create(body, once)
    const again = await openai.chat.completions.create(body, once)
    return first.id === again.id ? first.choices[0].message.content : 'another answer'
  },
  async topUp(client, { apiKey }) {
    const answer = await client.fetch(`${origin}/api/v1/top-ups`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ amount_usd: '5.00' }),
    })
    return JSON.stringify(await answer.json())
  },
}

for (const each of cases) {
  const client = paying()
  const said = await asked[each.name](client, each).catch((error) => `raised ${error}`)
  console.log(JSON.stringify({ name: each.name, said, seen: client.seen, payer: account.address }))
}
