using Poolhouse.Core.Clients;
using Poolhouse.Core.Codes;
using Poolhouse.Core.Events;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Triggers;

namespace Poolhouse.Core.Users;

/// <summary>Proof that an address is the user's: GetUserAttributeVerificationCode, VerifyUserAttribute.</summary>
public sealed class AttributeVerification(
    IDatabase database, CodeIssuer codes, UserChanges changes, AttemptLimits limits, MessageTriggers messages, IRandom random)
{
    /// <summary>Sends a code to the present address, verified or not. It supersedes the code of a new address that waits for its proof.</summary>
    public async ValueTask<Outcome<Delivery>> SendAsync(
        UserPool pool, User user, string attribute, TriggerOrigin origin, DateTimeOffset now, CancellationToken ct)
    {
        if (!StandardAttributes.IsVerifiable(attribute)) return new Refusal.NotVerifiable();
        if (user[attribute] is not { Length: > 0 } value) return new Refusal.NoDestination();
        if (!await limits.AdmitAsync(AttemptKind.SendAttributeCode, pool, user.Sub.Value, now, ct)) return new Refusal.AttemptLimit();
        var delivery = new Delivery(attribute, value);
        var draft = await messages.DraftAsync(pool, user, MessageSource.VerifyUserAttribute, delivery, origin, ct);
        if (draft.Refusal is { } undrafted) return undrafted;
        await database.WriteAsync(async unit =>
        {
            await codes.IssueAsync(unit, pool, user, CodePurpose.AttributeVerification, attribute, value, draft.Value, now, ct);
            return true;
        }, ct);
        return delivery;
    }

    /// <summary>Spends the code. The address it went to is verified; as an alias it is taken from a user who held it before.</summary>
    public async ValueTask<Outcome<User>> VerifyAsync(
        UserPool pool, AppClient client, User user, string attribute, string code, DateTimeOffset now, CancellationToken ct)
    {
        if (!StandardAttributes.IsVerifiable(attribute)) return new Refusal.NotVerifiable();
        if (!await limits.AdmitAsync(AttemptKind.VerifyAttribute, pool, user.Sub.Value, now, ct)) return new Refusal.AttemptLimit();
        return await changes.ChangeAsync(
            pool,
            user.Sub,
            async (unit, fresh) =>
            {
                var (outcome, consumed) = await codes.ConsumeAsync(unit, pool.Id, fresh.Sub, CodePurpose.AttributeVerification, attribute, code, now, ct);
                if (outcome == CodeOutcome.Mismatch) return new Refusal.CodeMismatch();
                if (outcome == CodeOutcome.Expired) return new Refusal.CodeExpired();
                // A code proves the address it went to. Where that waits for its proof, it becomes the user's now; elsewhere the
                // user has changed it since, and the proof is of something else.
                var isAwaited = pool.Settings.AttributesRequiringVerificationBeforeUpdate.Contains(attribute);
                if (!isAwaited && fresh[attribute] != consumed!.Destination) return new Refusal.CodeExpired();
                await unit.Events.AddAsync(UserEvent.Of(fresh, UserEventKind.AttributesChanged, client.Id, now, random), ct);
                return fresh with
                {
                    Attributes = new Dictionary<string, string>(fresh.Attributes, StringComparer.Ordinal)
                    {
                        [attribute] = consumed!.Destination,
                        [attribute + "_verified"] = "true",
                    },
                };
            },
            now,
            takesAliases: pool.AliasAttributes.Contains(attribute),
            ct);
    }
}
