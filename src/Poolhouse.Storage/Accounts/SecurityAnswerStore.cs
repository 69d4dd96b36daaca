using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Protection;
using Poolhouse.Core.Stores;

namespace Poolhouse.Storage.Accounts;

/// <summary>Answers to security questions, and proofs given by them.</summary>
internal sealed class SecurityAnswerStore(DatabaseSession session) : ISecurityAnswerStore
{
    public async ValueTask<IReadOnlyList<SecurityAnswer>> ListAsync(AccountId account, CancellationToken ct) => await session
        .Statement("select question, hash from security_answers where account_id = @account_id order by question limit 100")
        .Text("account_id", account.Value)
        .ListAsync(static row => new SecurityAnswer(row.GetString(0), row.GetString(1)), ct);

    public async ValueTask ReplaceAsync(AccountId account, IReadOnlyList<SecurityAnswer> answers, CancellationToken ct)
    {
        await session.Statement("delete from security_answers where account_id = @account_id").Text("account_id", account.Value).ExecuteAsync(ct);
        foreach (var answer in answers)
        {
            await session
                .Statement("insert into security_answers (account_id, question, hash) values (@account_id, @question, @hash)")
                .Text("account_id", account.Value)
                .Text("question", answer.Question)
                .Text("hash", answer.Hash)
                .ExecuteAsync(ct);
        }

        // What was proved with the old answers says nothing about the new ones.
        await session.Statement("delete from account_proofs where account_id = @account_id").Text("account_id", account.Value).ExecuteAsync(ct);
    }

    public async ValueTask ProveAsync(AccountId account, string familyId, DateTimeOffset now, CancellationToken ct) => await session
        .Statement(
            """
            insert into account_proofs (account_id, family_id, at)
            values (@account_id, @family_id, @at)
            on conflict (account_id, family_id) do update set at = excluded.at
            """)
        .Text("account_id", account.Value)
        .Text("family_id", familyId)
        .Time("at", now)
        .ExecuteAsync(ct);

    public ValueTask<bool> IsProvedAsync(AccountId account, string familyId, DateTimeOffset since, CancellationToken ct) => session
        .Statement("select 1 from account_proofs where account_id = @account_id and family_id = @family_id and at >= @since")
        .Text("account_id", account.Value)
        .Text("family_id", familyId)
        .Time("since", since)
        .AnyAsync(ct);
}
