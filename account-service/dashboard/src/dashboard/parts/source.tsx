import { useEffect, useId, useRef, useState } from 'react'

/** As of which event of the ledger something is true, and the request of the public API that says so. */
export function AsOf({ asOf, path, data }: { asOf: string; path: string; data: unknown }) {
  return <span className="asof">True as of {asOf}. <Source path={path} data={data} /></span>
}

export function sequence(number: number | null | undefined) {
  return number == null ? 'the beginning: nothing has happened yet' : `the account’s event ${number}`
}

export function ofShard(asOf: { shard: number; sequence: number; rebuilding: boolean }) {
  return `event ${asOf.sequence} of shard ${asOf.shard}${asOf.rebuilding ? ', while everything is read anew' : ''}`
}

export function Source({ path, data, body }: { path: string; data: unknown; body?: unknown }) {
  const sent = body === undefined ? '' : ` \\\n  -d '${JSON.stringify(body).replaceAll("'", "'\\''")}'`
  const dialog = useRef<HTMLDialogElement>(null)
  const [isOpen, setOpen] = useState(false)
  const title = useId()
  useEffect(() => { if (isOpen) dialog.current?.showModal() }, [isOpen])
  return (
    <>
      <button className="plain" aria-label={`JSON of ${path}`} onClick={() => setOpen(true)}>JSON</button>
      {/* Not there until it is asked for: the text of a thousand lines costs each page that has it. */}
      {isOpen && <dialog ref={dialog} aria-labelledby={title} onClose={() => setOpen(false)}>
        <h2 id={title}>The request behind this</h2>
        <pre tabIndex={0}>{`curl -s '${location.origin}/api/v1${path}' -H "Authorization: Bearer ${path.startsWith('/operator/') ? '$OPERATOR_TOKEN' : '$KEY'}"${sent}`}</pre>
        <pre tabIndex={0}>{JSON.stringify(data, null, 2)}</pre>
        <button onClick={() => dialog.current?.close()}>Close</button>
      </dialog>}
    </>
  )
}

export function Copy({ text, label = 'Copy' }: { text: string; label?: string }) {
  const said = useRef<HTMLSpanElement>(null)
  const copy = () => navigator.clipboard.writeText(text).then(
    () => { if (said.current) said.current.textContent = 'Copied.' },
    () => { if (said.current) said.current.textContent = 'Copy it by hand: the browser does not allow it.' })
  return <span className="actions"><button onClick={copy}>{label}</button><span ref={said} role="status" className="hint" /></span>
}
