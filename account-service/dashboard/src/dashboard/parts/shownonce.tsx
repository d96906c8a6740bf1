import { useMutation } from '@tanstack/react-query'
import { refusalOf, type Schemas } from '../api/client'
import { dollars } from '../api/money'
import { Copy } from './source'
import { Problem } from './states'

interface Answer { text: string; tokens: number; cost: string | null; refunded: string | null; requestId: string | null }

/** A key as it is shown this once, and how to use it at once. Nothing of it is kept when this is closed. */
export function ShownOnce({ of, model, close }: { of: Schemas['IssuedApiKey']; model: string; close(): void }) {
  const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'Say hello.' }], max_tokens: 64 })
  const command = `curl -s ${location.origin}/v1/chat/completions \\\n  -H "Authorization: Bearer ${of.api_key}" \\\n  -d '${body}'`
  const first = useMutation({
    mutationFn: async (): Promise<Answer> => {
      const response = await fetch('/v1/chat/completions', {
        method: 'POST', body, headers: { Authorization: `Bearer ${of.api_key}`, 'Content-Type': 'application/json' },
      })
      if (!response.ok) throw await refusalOf(response)
      const said = await response.json()
      const header = (name: string) => response.headers.get(name)
      return { text: said.choices?.[0]?.message?.content ?? '', tokens: said.usage?.total_tokens ?? 0, cost: header('x-cost-usd'), refunded: header('x-credit-refunded-usd'), requestId: header('x-request-id') }
    },
  })
  return (
    <section className="note" aria-labelledby="once">
      <h2 id="once">The key {of.label}</h2>
      <p>This is the only time that it is shown. Keep it where your programs find it and nobody else does.</p>
      <pre tabIndex={0} data-secret>{of.api_key}</pre>
      <p className="actions"><Copy text={of.api_key} label="Copy the key" /></p>
      {of.purpose === 'inference' && model && (
        <>
          <h3>A first request</h3>
          <pre tabIndex={0}>{command}</pre>
          <p className="actions"><Copy text={command} label="Copy the command" /><button className="primary" disabled={first.isPending} onClick={() => first.mutate()}>Send it from here</button></p>
          <div role="status">{first.isPending && 'It runs…'}{first.data && <p>“{first.data.text.slice(0, 300)}” – {first.data.tokens} tokens for {dollars(first.data.cost)}; {dollars(first.data.refunded)} of what was held came back.</p>}</div>
          {first.isError && <Problem error={first.error} />}
        </>
      )}
      <p><button onClick={close}>I have kept it</button></p>
    </section>
  )
}
