import { useQuery } from '@tanstack/react-query'
import { useEffect, useId, useState } from 'react'
import { checkpointKeys, receipt } from '../api/queries'
import { verified, type Check } from '../receipt/verify'
import { Copy } from './source'
import { Loading, Problem } from './states'

const TYPING_MILLIS = 200

/** Asked for when somebody wants it: there is none until a checkpoint covers the request, which takes a minute. */
export function Receipt({ requestId }: { requestId: string }) {
  const [isWanted, setWanted] = useState(false)
  const answer = useQuery({ ...receipt(requestId), enabled: isWanted })
  const keys = useQuery({ ...checkpointKeys, enabled: isWanted })
  if (!isWanted) {
    return (
      <><p>The receipt is signed, and proves from a minute after the request’s end that a checkpoint of the ledger covers it.</p>
        <button onClick={() => setWanted(true)}>Show and check the receipt</button></>
    )
  }
  const error = answer.error ?? keys.error
  if (error) return <><Problem error={error} /><button onClick={() => { void answer.refetch(); void keys.refetch() }}>Ask again</button></>
  if (answer.data === undefined || !keys.data) return <Loading />
  return (
    <>
      {!answer.data.complete && <p className="actions"><span>No checkpoint covers all of it yet.</span><button disabled={answer.isFetching} onClick={() => void answer.refetch()}>Ask again</button></p>}
      <Verification key={String(answer.data.complete)} text={JSON.stringify(answer.data, null, 2)} pems={keys.data.data.map((one) => one.public_key_pem)} />
    </>
  )
}

/** The receipt as text, and what of it holds: computed here, without asking anybody. Whoever changes it sees what breaks. */
function Verification({ text, pems }: { text: string; pems: string[] }) {
  const id = useId()
  const [typed, setTyped] = useState(text)
  const [key, setKey] = useState(pems.join('\n'))
  const [checks, setChecks] = useState<Check[]>()
  useEffect(() => {
    let isCurrent = true
    const timer = setTimeout(() => void verified(typed, key).then((found) => { if (isCurrent) setChecks(found) }), TYPING_MILLIS)
    return () => { isCurrent = false; clearTimeout(timer) }
  }, [typed, key])
  const failed = checks?.filter((check) => check.state === 'failed').length ?? 0
  const open = checks?.filter((check) => check.state === 'open').length ?? 0
  return (
    <>
      <p role="status" data-verdict={checks && (failed > 0 ? 'failed' : open > 0 ? 'open' : 'holds')}>
        {!checks ? 'Checking…' : failed > 0 ? <span className="tag bad">{failed} of {checks.length} checks fail</span>
          : open > 0 ? <span className="tag">{open} of {checks.length} checks cannot be told yet</span>
            : <span className="tag good">all {checks.length} checks hold</span>}</p>
      <ul className="checks">{checks?.map((check) => (
        <li key={check.name} data-check={check.state}><span className={check.state === 'holds' ? 'tag good' : check.state === 'failed' ? 'tag bad' : 'tag'}>{WORDS[check.state]}</span> <strong>{check.name}</strong> <span className="hint">{check.because ?? check.proves}</span></li>
      ))}</ul>
      <details>
        <summary>The receipt, and the key it is checked with</summary>
        <p className="hint">Checked in this browser; nothing is sent. Change a character, and see which check breaks. A key that you fetched earlier and kept elsewhere proves more than the one that the installation shows now.</p>
        <div className="field"><label htmlFor={`${id}r`}>Receipt</label><textarea id={`${id}r`} className="code" rows={12} spellCheck={false} value={typed} onChange={(event) => setTyped(event.target.value)} /></div>
        <div className="field"><label htmlFor={`${id}k`}>Public keys (PEM)</label><textarea id={`${id}k`} className="code" rows={4} spellCheck={false} value={key} onChange={(event) => setKey(event.target.value)} /></div>
        <p className="actions"><Copy text={typed} label="Copy the receipt" />{typed !== text && <button onClick={() => setTyped(text)}>As it was</button>}</p>
      </details>
      <p className="hint">From outside: <code>./gogogo audit receipt verify receipt.json --key key.pem</code></p>
    </>
  )
}

const WORDS = { holds: 'holds', failed: 'fails', open: 'not yet' } as const
