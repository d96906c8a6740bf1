import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { told, type Schemas } from '../../dashboard/api/client'
import { at } from '../../dashboard/api/time'
import { Copy, Source } from '../../dashboard/parts/source'
import { Empty, Shown } from '../../dashboard/parts/states'
import { api, because, type Role } from '../api'
import { Act, Field, textOf, Why } from '../parts/act'
import { operators } from '../queries'
import { useOperator } from '../session'

const ROLES: [Role, string][] = [['support', 'accounts, keys, limits, members'], ['prices', 'prices and costs'], ['treasury', 'credit and parked accounts'], ['auditor', 'reads all of it']]

/** Who the operators are. The installation's names them. */
export function OperatorsPage() {
  const { installation } = useOperator()
  const answer = useQuery(operators)
  return (
    <>
      <div className="title"><h1>Operators</h1>{installation && <NewOperator />}</div>
      <section className="panel" aria-label="Operators">
        <Shown of={answer}>{({ data }) => data.length === 0 ? <Empty title="Nobody is named yet"><p>The installation’s operator token is the only one.</p></Empty> : (
          <>
            <p><Source path="/operator/operators?limit=1000" data={answer.data} /></p>
            <table className="cards">
              <thead><tr><th>Name</th><th>Roles</th><th>State</th><th>Since</th><th><span className="hint">Change</span></th></tr></thead>
              <tbody>{data.map((one) => (
                <tr key={one.name}><td data-label="Name">{one.name}</td><td data-label="Roles">{one.roles.join(', ')}</td>
                  <td data-label="State"><span className={one.status === 'active' ? 'tag good' : 'tag bad'}>{one.status}</span></td><td data-label="Since"><span>{at(one.created_at)}<span className="hint"> by {one.created_by}</span></span></td>
                  <td>{installation && one.status === 'active' && <Change of={one} />}</td></tr>
              ))}</tbody>
            </table>
          </>
        )}</Shown>
      </section>
    </>
  )
}

function useChanged() {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: ['operators'] })
}

function Roles({ of = [] }: { of?: Role[] }) {
  return (
    <fieldset><legend>Roles</legend>
      {ROLES.map(([role, words]) => <label key={role}><input type="checkbox" name="roles" value={role} defaultChecked={of.includes(role)} /> {role} <span className="hint">{words}</span></label>)}
    </fieldset>
  )
}

const rolesOf = (form: FormData) => form.getAll('roles').map(String) as Role[]

function Secret({ of, close }: { of?: { name: string; secret: string }; close(): void }) {
  return of && (
    <span className="note"><span>The secret of {of.name}, shown this once:</span><span className="code" data-secret> {of.secret} </span><Copy text={of.secret} /><button onClick={close}>I have handed it over</button></span>
  )
}

function NewOperator() {
  const name = useMutation({
    mutationFn: (form: FormData) => told(api.POST('/operator/operators', { body: { name: textOf(form, 'name'), roles: rolesOf(form) }, headers: because(textOf(form, 'reason')) })),
    onSuccess: useChanged(),
  })
  return (
    <>
      <Secret of={name.data} close={name.reset} />
      <Act name="Name an operator" primary busy={name.isPending} error={name.error} reset={name.reset} act={name.mutateAsync}>
        <Field name="name" label="Name" hint="letters, digits and dashes; never used twice" required pattern="[a-z0-9][a-z0-9\-]{0,62}" />
        <Roles />
        <Why required={false} />
      </Act>
    </>
  )
}

function Change({ of }: { of: Schemas['Operator'] }) {
  const path = { params: { path: { name: of.name } } }
  const onSuccess = useChanged()
  const roles = useMutation({ mutationFn: (form: FormData) => told(api.PATCH('/operator/operators/{name}', { ...path, body: { roles: rolesOf(form) }, headers: because(textOf(form, 'reason')) })), onSuccess })
  const renew = useMutation({ mutationFn: (form: FormData) => told(api.POST('/operator/operators/{name}/secret', { ...path, body: {} as never, headers: because(textOf(form, 'reason')) })), onSuccess })
  const revoke = useMutation({ mutationFn: (form: FormData) => told(api.DELETE('/operator/operators/{name}', { ...path, headers: because(textOf(form, 'reason')) })), onSuccess })
  return (
    <span className="actions">
      <Secret of={renew.data} close={renew.reset} />
      <Act name="Roles" title={`The roles of ${of.name}`} busy={roles.isPending} error={roles.error} reset={roles.reset} act={roles.mutateAsync}><Roles of={of.roles} /><Why /></Act>
      <Act name="Renew" title={`Another secret for ${of.name}`} busy={renew.isPending} error={renew.error} reset={renew.reset} act={renew.mutateAsync}><p>The one before stops at once, and with it whoever is signed in by it.</p><Why /></Act>
      <Act name="Revoke" title={`Revoke ${of.name}`} danger busy={revoke.isPending} error={revoke.error} reset={revoke.reset} act={revoke.mutateAsync}><p>For ever: the secret stops at once, and the name is never used again.</p><Why /></Act>
    </span>
  )
}
