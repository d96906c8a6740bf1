// What the auditor's `receipt verify` checks, in the browser: nothing is asked of anybody (docs/audit.md).
import type { Schemas } from '../api/client'
import { parts } from '../api/money'
import { hex, joined, leaf, ofHex, rootOf } from './merkle'

type Proven = Schemas['ProvenReceipt']
type Row = Proven['events'][number]['event']
type Signed = Schemas['SignedText']

export interface Check {
  name: string
  /** What it says if it holds. */
  proves: string
  state: 'holds' | 'failed' | 'open'
  /** Why it does not hold, or cannot be told yet. */
  because?: string
}

interface Prices { input: string; cachedInput: string; output: string }
interface Usage { promptTokens: number; cachedPromptTokens: number; completionTokens: number }
interface Stated { requestId: string; accountId: string; rule: string; usage: Usage | null; prices: Prices; heldUsd: string; chargedUsd: string; refundedUsd: string; overrunUsd: string; late: boolean; shard: number; model: string; priceVersion: string; quoteId: string; usageEstimated: boolean; balance: unknown; format: string; steps: { type: string; eventId: string; sequence: number; at: string }[] }
/** A hold, a charge or a release, as the log stores it. */
interface Stored { accountId: string; requestId: string; quoteId: string; model: string; priceVersion: string; prices: Prices; outcome: string; usage?: Usage; usageEstimated?: boolean; heldUsd: string; chargedUsd?: string; refundedUsd?: string; releasedUsd?: string; overrunUsd?: string; late?: boolean; balance: unknown }
interface Checkpoint { number: number; shards: { shard: number; first: number; last: number; root: string }[] }

class Open extends Error {}

const FORMAT = 'gogogoapi-receipt-v1'
const MILLION_PLACES = 6

/** Every check, by name; one that cannot even be made fails. */
export async function verified(text: string, pems: string): Promise<Check[]> {
  let read: Proven
  try {
    read = JSON.parse(text) as Proven
    if (!read.receipt || !Array.isArray(read.events) || !Array.isArray(read.checkpoints) || read.events.length === 0) throw new Error('it must have a receipt, events and checkpoints')
  } catch (error) {
    return [{ name: 'It is a receipt', proves: '', state: 'failed', because: String((error as Error).message) }]
  }
  const proven = read
  return Promise.all([
    check('Signature of the receipt', 'The holder of the ledger’s key stated this receipt, and not a character of it has changed.',
      async () => must(await isSigned(proven.receipt, pems), 'the receipt is not signed by the key')),
    check('Signatures of the checkpoints', 'The holder of the key committed to everything that the ledger had decided by then.', async () => {
      for (const checkpoint of proven.checkpoints) must(await isSigned(checkpoint, pems), 'a checkpoint in it is not signed by the key')
      if (proven.checkpoints.length === 0) throw new Open('no checkpoint covers it yet: ask again in a minute')
    }),
    check('It says what its events say', 'Hold, charge, refund, tokens and prices are those of the ledger’s own events, each of this request and this account.',
      async () => compare(stated(proven), proven)),
    check('The charge is what the tokens cost', 'Charged and written off are together exactly the tokens at the prices that the hold pinned.',
      async () => rate(stated(proven))),
    check('The events are in the checkpoints', 'Each event leads to a signed Merkle root: it cannot be changed or left out any more without being found.',
      async () => { for (const one of proven.events) await included(proven, one) }),
  ])
}

async function check(name: string, proves: string, hold: () => Promise<void>): Promise<Check> {
  try {
    await hold()
    return { name, proves, state: 'holds' }
  } catch (error) {
    return { name, proves, state: error instanceof Open ? 'open' : 'failed', because: String((error as Error).message) }
  }
}

function must(holds: boolean, otherwise: string) {
  if (!holds) throw new Error(otherwise)
}

async function isSigned(signed: Signed, pems: string) {
  const bytes = new TextEncoder().encode(signed.payload)
  const signature = ofBase64(signed.signature)
  for (const [, body] of pems.matchAll(/-----BEGIN PUBLIC KEY-----([^-]*)-----END PUBLIC KEY-----/g)) {
    const key = await crypto.subtle.importKey('spki', ofBase64(body!.replace(/\s/g, '')), 'Ed25519', false, ['verify'])
    if (await crypto.subtle.verify('Ed25519', key, signature, bytes)) return true
  }
  return false
}

function stated(proven: Proven) {
  return JSON.parse(proven.receipt.payload) as Stated
}

function stored(row: Row) {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payloadOf(row))) as Stored
}

/** The receipt made of its events again, field by field. */
function compare(receipt: Stated, { events }: Proven) {
  const rows = events.map(({ event }) => event)
  const hold = stored(rows[0]!)
  const end = stored(rows.at(-1)!)
  const isCharge = end.chargedUsd !== undefined
  must(receipt.format === FORMAT, `its form must be ${FORMAT}`)
  must(/CreditReserved/.test(rows[0]!.type) && (isCharge ? /CreditSettled/ : /CreditReleased/).test(rows.at(-1)!.type), 'its events must begin with a hold and end with a charge or a release')
  for (const row of rows) {
    const event = stored(row)
    must(row.account_id === hold.accountId && event.accountId === hold.accountId && event.requestId === hold.requestId, `event ${row.sequence} is another account’s or request’s`)
  }
  const made: Record<string, unknown> = {
    accountId: hold.accountId, requestId: hold.requestId, quoteId: hold.quoteId,
    model: isCharge ? end.model : hold.model, priceVersion: isCharge ? end.priceVersion : hold.priceVersion, prices: isCharge ? end.prices : hold.prices,
    rule: end.outcome, usage: isCharge ? end.usage : null, usageEstimated: isCharge ? end.usageEstimated : false,
    heldUsd: hold.heldUsd, chargedUsd: isCharge ? end.chargedUsd : '0.00', refundedUsd: isCharge ? (end.late ? hold.heldUsd : end.refundedUsd) : end.releasedUsd,
    overrunUsd: isCharge ? end.overrunUsd : '0.00', late: isCharge ? end.late : false, balance: end.balance, shard: rows.at(-1)!.shard,
  }
  for (const [name, value] of Object.entries(made)) {
    const said = (receipt as unknown as Record<string, unknown>)[name] ?? null
    const isSame = name.endsWith('Usd') ? parts(String(said)) === parts(String(value)) : canonical(said) === canonical(value ?? null)
    must(isSame, `${name} is not what the events say`)
  }
  const steps = rows.map((row) => canonical({ type: row.type, eventId: row.event_id, sequence: row.sequence, at: row.at_millis }))
  const said = receipt.steps.map((step) => canonical({ ...step, at: Date.parse(step.at) }))
  must(canonical(steps) === canonical(said), 'its steps are not its events')
}

/** Whatever order its fields are in. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) => (one && typeof one === 'object' && !Array.isArray(one)
    ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
    : one))
}

function rate(receipt: Stated) {
  const { usage, prices } = receipt
  if (!usage) {
    must(parts(receipt.chargedUsd) === 0n, 'a charge without tokens')
    return
  }
  const cost = million(prices.input) * BigInt(usage.promptTokens - usage.cachedPromptTokens)
    + million(prices.cachedInput) * BigInt(usage.cachedPromptTokens) + million(prices.output) * BigInt(usage.completionTokens)
  must(cost === parts(receipt.chargedUsd) + parts(receipt.overrunUsd), 'the charge is not what its tokens cost')
}

/** Of a price for a million tokens, that of one, in the whole parts that amounts are computed in. */
function million(price: string) {
  const [, fraction = ''] = price.split('.')
  must(fraction.length <= MILLION_PLACES, 'a price must have at most six places')
  return parts(price) / 1_000_000n
}

async function included(proven: Proven, { event, inclusion }: Proven['events'][number]) {
  if (!inclusion) throw new Open(`event ${event.sequence} is not in a checkpoint yet: ask again in a minute`)
  const checkpoint = proven.checkpoints.map((signed) => JSON.parse(signed.payload) as Checkpoint).find((one) => one.number === inclusion.checkpoint)
  must(checkpoint !== undefined, `checkpoint ${inclusion.checkpoint} is not with the receipt`)
  const part = checkpoint?.shards.find((one) => one.shard === event.shard)
  if (!part) throw new Error(`checkpoint ${inclusion.checkpoint} has no shard ${event.shard}`)
  const root = await rootOf(await leaf(canonicalBytes(event)), BigInt(event.sequence - part.first), BigInt(part.last - part.first + 1), inclusion.merkle_path.map(ofHex))
  must(hex(root) === part.root, `event ${event.sequence} is not in checkpoint ${inclusion.checkpoint}`)
}

/** What is hashed of a stored event: fixed fields, big-endian, then each text with its length before it. */
function canonicalBytes(row: Row) {
  const text = new TextEncoder()
  const fixed = new DataView(new ArrayBuffer(28))
  fixed.setInt32(0, row.shard)
  fixed.setBigInt64(4, BigInt(row.sequence))
  fixed.setBigInt64(12, BigInt(row.account_sequence))
  fixed.setBigInt64(20, BigInt(row.at_millis))
  const texts = [text.encode(row.account_id), text.encode(row.type), text.encode(row.trace_parent ?? ''), payloadOf(row)]
  return joined(new Uint8Array(fixed.buffer), uuid(row.event_id), uuid(row.causation_id), ...texts.flatMap((one) => [length(one), one]))
}

function payloadOf(row: Row) {
  return row.payload === null ? ofBase64(row.payload_base64 ?? '') : new TextEncoder().encode(row.payload)
}

function length(bytes: Uint8Array) {
  const four = new DataView(new ArrayBuffer(4))
  four.setInt32(0, bytes.length)
  return new Uint8Array(four.buffer)
}

function uuid(text: string) {
  return ofHex(text.replaceAll('-', ''))
}

function ofBase64(text: string) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
}
