using Poolhouse.Core.Clients;
using Poolhouse.Core.Codes;
using Poolhouse.Core.Events;
using Poolhouse.Core.Passwords;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.SignIn;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Threats;
using Poolhouse.Core.Users.Attributes;

namespace Poolhouse.Core.Users;

/// <summary>How a sign-up ended well.</summary>
/// <param name="User">The new user.</param>
/// <param name="Delivery">Where the code went; null when none was sent.</param>
/// <param name="Session">Leads over ConfirmSignUp to a sign-in; null where none is possible.</param>
public sealed record SignedUp(User User, Delivery? Delivery, string? Session);

/// <summary>Sign-up by the person: SignUp, ConfirmSignUp, ResendConfirmationCode.</summary>
public sealed class Registration(
    IDatabase database, Credentials credentials, CodeIssuer codes, SignUpSessions sessions, UserChanges changes, AttemptLimits limits, ThreatProtection threats,
    IRandom random)
{
    /// <summary>Makes an unconfirmed user with its code, or nothing at all.</summary>
    public async ValueTask<Outcome<SignedUp>> SignUpAsync(
        UserPool pool, AppClient client, string username, string? password, IReadOnlyDictionary<string, string> given, DateTimeOffset now, CancellationToken ct)
    {
        if (pool.Settings.AdminCreateUser.IsOnlyWay) return new Refusal.SignUpNotPermitted();
        if (UsernameRules.Check(pool, username) is { } form) return new Refusal.UsernameForm(form);
        var written = WithUsername(pool, username, given);
        // API_SignUp.Password: none, or a blank one, where a code can take its place.
        var isPasswordless = string.IsNullOrEmpty(password) && CanReceiveCodes(pool, written);
        if (!isPasswordless && PasswordPolicy.Check(pool.Settings.Passwords, password ?? "") is { } weak) return new Refusal.Password(weak);
        if (AttributeRules.Check(pool, client, current: null, written) is { } problem) return new Refusal.Attributes(problem);
        if (!isPasswordless && await threats.WhyNotPasswordAsync(pool, client, "SIGN_UP", password!, ct) is { } compromised) return compromised;

        var sub = new Sub(random.UuidText());
        var name = pool.UsesAttributesAsUsername ? sub.Value : username;
        PasswordCredential? credential = null;
        if (!isPasswordless)
        {
            var made = await credentials.MakeAsync(pool, sub, name, password!, ct);
            if (made.Refusal is { } busy) return busy;
            credential = made.Value;
        }

        var user = new User
        {
            PoolId = pool.Id,
            Sub = sub,
            Username = name,
            Status = UserStatus.Unconfirmed,
            Attributes = AttributeRules.Apply(new Dictionary<string, string>(StringComparer.Ordinal), written),
            Password = credential,
            CreatedAt = now,
            ModifiedAt = now,
        };
        var delivery = Destinations.ForSignUp(pool, user.Attributes);
        var stored = await changes.CreateAsync(
            pool,
            user,
            async unit =>
            {
                await unit.Events.AddAsync(UserEvent.Of(user, UserEventKind.SignedUp, client.Id, now, random), ct);
                if (delivery is not null) await codes.IssueAsync(unit, pool, user, CodePurpose.SignUp, delivery.Attribute, delivery.Destination, now, ct);
            },
            takesAliases: false,
            ct);
        if (stored.Refusal is { } refusal) return refusal;
        var session = OffersSession(client) ? sessions.Make(SignUpSessions.Begun, client, user, now + CodeIssuer.VerificationLifetime) : null;
        return new SignedUp(user, delivery, session);
    }

    /// <summary>Confirms with the code. The code, once right, is spent, and the address it went to is verified.</summary>
    /// <returns>The confirmed user and the session that signs it in; null where the client has no USER_AUTH, or SignUp's session was sent along and is too old.</returns>
    public async ValueTask<Outcome<(User User, string? Session)>> ConfirmAsync(
        UserPool pool, AppClient client, User user, string code, string? session, bool takesAliases, DateTimeOffset now, CancellationToken ct)
    {
        if (user.Status != UserStatus.Unconfirmed) return new Refusal.WrongStatus(user.Status);
        // aws-amplify's autoSignIn sends no session with the code, and signs in with the one that the answer has.
        var continues = session is null ? OffersSession(client) : sessions.Continues(client, user, session, now);
        if (continues.Refusal is { } invalid) return invalid;
        if (!await limits.AdmitAsync(AttemptKind.ConfirmSignUp, pool, user.Sub.Value, now, ct)) return new Refusal.AttemptLimit();

        var changed = await changes.ChangeAsync(
            pool,
            user.Sub,
            async (unit, fresh) =>
            {
                var (outcome, consumed) = await codes.ConsumeAsync(unit, pool.Id, fresh.Sub, CodePurpose.SignUp, attribute: null, code, now, ct);
                if (outcome == CodeOutcome.Mismatch) return new Refusal.CodeMismatch();
                // Whoever lost a race with the same code finds the user confirmed.
                if (fresh.Status != UserStatus.Unconfirmed) return new Refusal.WrongStatus(fresh.Status);
                if (outcome == CodeOutcome.Expired) return new Refusal.CodeExpired();
                await unit.Events.AddAsync(UserEvent.Of(fresh, UserEventKind.Confirmed, client.Id, now, random), ct);
                return Verified(fresh, consumed!) with { Status = UserStatus.Confirmed };
            },
            now,
            takesAliases,
            ct);
        if (changed.Refusal is { } refusal) return refusal;
        var next = continues.Value
            ? sessions.Make(SignUpSessions.Confirmed, client, changed.Value, now + TimeSpan.FromMinutes(client.Settings.AuthSessionValidity))
            : null;
        return (changed.Value, next);
    }

    /// <summary>Sends another code, which supersedes the one before it.</summary>
    public async ValueTask<Outcome<Delivery>> ResendAsync(UserPool pool, User user, DateTimeOffset now, CancellationToken ct)
    {
        if (user.Status != UserStatus.Unconfirmed) return new Refusal.WrongStatus(user.Status);
        if (Destinations.ForSignUp(pool, user.Attributes) is not { } delivery) return new Refusal.NoDestination();
        if (!await limits.AdmitAsync(AttemptKind.ResendCode, pool, user.Sub.Value, now, ct)) return new Refusal.AttemptLimit();
        await database.WriteAsync(async unit =>
        {
            await codes.IssueAsync(unit, pool, user, CodePurpose.SignUp, delivery.Attribute, delivery.Destination, now, ct);
            return true;
        }, ct);
        return delivery;
    }

    /// <summary>Where attributes are usernames, the username also is that attribute; elsewhere nothing is added.</summary>
    public static IReadOnlyDictionary<string, string> WithUsername(UserPool pool, string username, IReadOnlyDictionary<string, string> given) =>
        UsernameRules.AttributeOf(pool, username) is { } attribute
            ? new Dictionary<string, string>(given, StringComparer.Ordinal) { [attribute] = username }
            : given;

    /// <summary>The user with the code's address verified, unless the address changed since the code was sent.</summary>
    public static User Verified(User user, Code code)
    {
        if (code.Attribute.Length == 0 || user[code.Attribute] != code.Destination) return user;
        return user with { Attributes = new Dictionary<string, string>(user.Attributes, StringComparer.Ordinal) { [code.Attribute + "_verified"] = "true" } };
    }

    private static bool CanReceiveCodes(UserPool pool, IReadOnlyDictionary<string, string> attributes)
    {
        var factors = pool.Settings.AllowedFirstAuthFactors;
        return (factors.Contains("EMAIL_OTP") && attributes.GetValueOrDefault("email") is { Length: > 0 })
            || (factors.Contains("SMS_OTP") && attributes.GetValueOrDefault("phone_number") is { Length: > 0 });
    }

    private static bool OffersSession(AppClient client) => (AuthFlowNames.Allowed(client.Settings) & AuthFlows.Choice) != AuthFlows.None;
}
