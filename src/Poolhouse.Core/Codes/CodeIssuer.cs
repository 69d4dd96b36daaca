using System.Text;
using Poolhouse.Core.Messages;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sealing;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Triggers;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.Codes;

/// <summary>Makes codes with the messages that carry them, and recognises them again.</summary>
public sealed class CodeIssuer(Sealer sealer, IRandom random)
{
    /// <summary>Digits of a code; leading zeros are kept.</summary>
    public const int Length = 6;

    /// <summary>Sign-up and attribute codes: 24 hours (user guide, "Quotas").</summary>
    public static readonly TimeSpan VerificationLifetime = TimeSpan.FromHours(24);

    /// <summary>Codes of a forgotten password: 1 hour (user guide, "Quotas").</summary>
    public static readonly TimeSpan ResetLifetime = TimeSpan.FromHours(1);

    /// <summary>Stores a fresh code, which supersedes the one before it, with its message: both or neither.</summary>
    /// <param name="unit">The transaction that causes the code.</param>
    /// <param name="pool">The user's pool; its texts and sender are used.</param>
    /// <param name="user">Whose code it is.</param>
    /// <param name="purpose">What it is for.</param>
    /// <param name="attribute"><c>email</c> or <c>phone_number</c>.</param>
    /// <param name="destination">Where it goes: the attribute's value, or the one that is to be.</param>
    /// <param name="draft">What the pool's functions want of the message.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask IssueAsync(
        IUnitOfWork unit,
        UserPool pool,
        User user,
        CodePurpose purpose,
        string attribute,
        string destination,
        MessageDraft draft,
        DateTimeOffset now,
        CancellationToken ct)
    {
        var digits = random.Digits(Length);
        var expiresAt = now + (purpose == CodePurpose.PasswordReset ? ResetLifetime : VerificationLifetime);
        await unit.Codes.PutAsync(
            new Code
            {
                PoolId = pool.Id,
                Sub = user.Sub,
                Purpose = purpose,
                Attribute = attribute,
                Destination = destination,
                Hash = HashOf(pool.Id, user.Sub, purpose, digits),
                ExpiresAt = expiresAt,
            },
            ct);
        var own = pool.Settings.Messages;
        var message = CodeMessages.Of(
            pool,
            user,
            KindOf(purpose),
            new Delivery(attribute, destination),
            digits,
            new OwnTexts(own.VerificationSubject, own.VerificationBody, own.VerificationSms),
            draft,
            (now, expiresAt),
            $"{purpose}/{attribute}",
            random);
        await unit.Outbox.AddAsync(await Recipients.InTheirLanguageAsync(unit, user, message, ct), ct);
    }

    /// <summary>Spends the user's live code in the running transaction.</summary>
    public ValueTask<(CodeOutcome Outcome, Code? Code)> ConsumeAsync(
        IUnitOfWork unit, PoolId pool, Sub sub, CodePurpose purpose, string? attribute, string digits, DateTimeOffset now, CancellationToken ct) =>
        unit.Codes.ConsumeAsync(pool, sub, purpose, attribute, [HashOf(pool, sub, purpose, digits)], now, ct);

    /// <summary>Judges a code of nobody, in a transaction that comes to nothing: as much work as a wrong code of somebody.</summary>
    public async ValueTask PretendAsync(IDatabase database, UserPool pool, CodePurpose purpose, string digits, DateTimeOffset now, CancellationToken ct)
    {
        var nobody = new Sub(random.UuidText());
        await database.WriteAsync(
            async unit =>
            {
                await unit.Users.FindAsync(pool.Id, nobody, ct);
                await ConsumeAsync(unit, pool.Id, nobody, purpose, attribute: null, digits, now, ct);
                unit.Abandon();
                return true;
            },
            ct);
    }

    private byte[] HashOf(PoolId pool, Sub sub, CodePurpose purpose, string digits) =>
        sealer.Mac(SealPurpose.CodeHash, Encoding.UTF8.GetBytes($"{pool}\n{sub}\n{purpose}\n{digits}"));

    private static MessageKind KindOf(CodePurpose purpose) => purpose switch
    {
        CodePurpose.SignUp => MessageKind.SignUpCode,
        CodePurpose.PasswordReset => MessageKind.PasswordResetCode,
        _ => MessageKind.AttributeVerificationCode,
    };
}

/// <summary>Where a code went. API_CodeDeliveryDetailsType; the address itself is masked by the surface.</summary>
public sealed record Delivery(string Attribute, string Destination);
