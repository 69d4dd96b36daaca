using Poolhouse.Core.Clients;
using Poolhouse.Core.Codes;
using Poolhouse.Core.Events;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Triggers;
using Poolhouse.Core.Users.Attributes;

namespace Poolhouse.Core.Users;

/// <summary>How a write of attributes ended well.</summary>
/// <param name="User">The user after it.</param>
/// <param name="Deliveries">Where codes went.</param>
public sealed record AttributesWritten(User User, IReadOnlyList<Delivery> Deliveries);

/// <summary>Attributes written and deleted, by the user (through a client) or an administrator (without one).</summary>
public sealed class AttributeChanges(CodeIssuer codes, UserChanges changes, AttemptLimits limits, MessageTriggers messages, IRandom random)
{
    private static readonly string[] Verifiable = ["email", "phone_number"];

    /// <summary>
    /// Writes all or nothing. A changed address gets a code where the pool verifies it; where the pool asks for verification before
    /// update, the present value stays and the new one is known to the code only.
    /// </summary>
    public async ValueTask<Outcome<AttributesWritten>> UpdateAsync(
        UserPool pool,
        AppClient? client,
        User user,
        IReadOnlyDictionary<string, string> written,
        IReadOnlyDictionary<string, string>? clientMetadata,
        DateTimeOffset now,
        CancellationToken ct)
    {
        if (AttributeRules.Check(pool, client, user, written) is { } problem) return new Refusal.Attributes(problem);
        var expected = Sent(pool, user, written);
        if (client is not null && expected.Count > 0 && !await limits.AdmitAsync(AttemptKind.ChangeAddress, pool, user.Sub.Value, now, ct)) return new Refusal.AttemptLimit();
        var drafts = new Dictionary<Delivery, MessageDraft>();
        foreach (var delivery in expected)
        {
            var origin = new TriggerOrigin(client?.Id) { ClientMetadata = clientMetadata };
            var draft = await messages.DraftAsync(pool, user, MessageSource.UpdateUserAttribute, delivery, origin, ct);
            if (draft.Refusal is { } undrafted) return undrafted;
            drafts[delivery] = draft.Value;
        }

        IReadOnlyList<Delivery> deliveries = [];
        var changed = await changes.ChangeAsync(
            pool,
            user.Sub,
            async (unit, fresh) =>
            {
                deliveries = Sent(pool, fresh, written);
                var pending = deliveries.Where(d => IsPending(pool, d)).ToArray();
                foreach (var delivery in pending)
                    if (await IsTakenAsync(unit, pool, fresh, delivery, ct)) return new Refusal.AliasTaken(delivery.Attribute);
                // The user changed meanwhile so that a code is sent which no function was asked about.
                if (deliveries.Any(d => !drafts.ContainsKey(d))) return new Refusal.ConcurrentChange();
                var attributes = AttributeRules.Apply(fresh.Attributes, Without(written, pending));
                if (NothingToVerify(attributes, written) is { } missing) return new Refusal.Attributes(missing);
                foreach (var delivery in deliveries)
                    await codes.IssueAsync(unit, pool, fresh, CodePurpose.AttributeVerification, delivery.Attribute, delivery.Destination, drafts[delivery], now, ct);
                await unit.Events.AddAsync(UserEvent.Of(fresh, UserEventKind.AttributesChanged, client?.Id, now, random), ct);
                return fresh with { Attributes = attributes };
            },
            now,
            // An administrator's word moves a verified alias, as its proof would (boto/boto3#3213).
            takesAliases: client is null,
            ct);
        return changed.Refusal is { } refusal ? refusal : new AttributesWritten(changed.Value, deliveries);
    }

    /// <summary>Deletes all or nothing; what isn't there is deleted already.</summary>
    public async ValueTask<Refusal?> DeleteAsync(
        UserPool pool, AppClient? client, User user, IReadOnlyCollection<string> names, DateTimeOffset now, CancellationToken ct)
    {
        if (AttributeRules.CheckDelete(pool, client, names) is { } problem) return new Refusal.Attributes(problem);
        var written = AttributeRules.LastWins(names.Select(name => (name, (string?)null)));
        var changed = await changes.ChangeAsync(
            pool,
            user.Sub,
            async (unit, fresh) =>
            {
                await unit.Events.AddAsync(UserEvent.Of(fresh, UserEventKind.AttributesChanged, client?.Id, now, random), ct);
                return fresh with { Attributes = AttributeRules.Apply(fresh.Attributes, written) };
            },
            now,
            takesAliases: false,
            ct);
        return changed.Refusal;
    }

    /// <summary>The codes that a write causes. An administrator's word that the address is verified makes one needless.</summary>
    private static List<Delivery> Sent(UserPool pool, User user, IReadOnlyDictionary<string, string> written)
    {
        var sent = new List<Delivery>();
        foreach (var attribute in Verifiable)
        {
            if (written.GetValueOrDefault(attribute) is not { Length: > 0 } value || value == user[attribute]) continue;
            if (string.Equals(written.GetValueOrDefault(attribute + "_verified"), "true", StringComparison.OrdinalIgnoreCase)) continue;
            var delivery = new Delivery(attribute, value);
            if (IsPending(pool, delivery) || pool.Settings.AutoVerifiedAttributes.Contains(attribute)) sent.Add(delivery);
        }

        return sent;
    }

    private static bool IsPending(UserPool pool, Delivery delivery) =>
        pool.Settings.AttributesRequiringVerificationBeforeUpdate.Contains(delivery.Attribute);

    // Elsewhere verifying takes the alias from its holder; where attributes are usernames it never could.
    private static async ValueTask<bool> IsTakenAsync(IUnitOfWork unit, UserPool pool, User user, Delivery delivery, CancellationToken ct) =>
        pool.UsernameAttributes.Contains(delivery.Attribute)
        && await unit.Users.FindAliasHolderAsync(pool.Id, delivery.Attribute, pool.Normalize(delivery.Destination), ct) is { } holder
        && holder != user.Sub;

    private static IReadOnlyDictionary<string, string> Without(IReadOnlyDictionary<string, string> written, Delivery[] pending)
    {
        if (pending.Length == 0) return written;
        var rest = new Dictionary<string, string>(written, StringComparer.Ordinal);
        foreach (var delivery in pending)
        {
            rest.Remove(delivery.Attribute);
            rest.Remove(delivery.Attribute + "_verified");
        }

        return rest;
    }

    private static AttributeProblem.NothingToVerify? NothingToVerify(
        IReadOnlyDictionary<string, string> attributes, IReadOnlyDictionary<string, string> written)
    {
        var missing = Array.Find(
            Verifiable, a => written.ContainsKey(a + "_verified") && attributes.ContainsKey(a + "_verified") && !attributes.ContainsKey(a));
        return missing is null ? null : new AttributeProblem.NothingToVerify { Name = missing };
    }
}
