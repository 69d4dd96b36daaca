using Poolhouse.Core.Clients;
using Poolhouse.Core.Codes;
using Poolhouse.Core.Events;
using Poolhouse.Core.Passwords;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.SignIn;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Telemetry;
using Poolhouse.Core.Threats;
using Poolhouse.Core.Triggers;
using Poolhouse.Core.Users.Attributes;

namespace Poolhouse.Core.Users;

/// <summary>How a sign-up ended well.</summary>
/// <param name="User">The new user.</param>
/// <param name="Delivery">Where the code went; null when none was sent.</param>
/// <param name="Session">Leads over ConfirmSignUp to a sign-in; null where none is possible.</param>
public sealed record SignedUp(User User, Delivery? Delivery, string? Session);

/// <summary>Sign-up by the person: SignUp, ConfirmSignUp, ResendConfirmationCode.</summary>
public sealed class Registration(
    IDatabase database,
    Credentials credentials,
    CodeIssuer codes,
    SignUpSessions sessions,
    UserChanges changes,
    AttemptLimits limits,
    ThreatProtection threats,
    UserTriggers triggers,
    MessageTriggers messages,
    IRandom random,
    SignInMetrics metrics)
{
    /// <summary>Makes an unconfirmed user with its code, or nothing at all; a confirmed one where the pool's function says so.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="client">The client that signs up.</param>
    /// <param name="username">The name that was given.</param>
    /// <param name="password">The password; null or empty where a code can take its place.</param>
    /// <param name="given">The attributes that were given.</param>
    /// <param name="origin">What the pool's functions hear of the call.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancellation.</param>
    /// <param name="companion">What the account API adds; null elsewhere.</param>
    public async ValueTask<Outcome<SignedUp>> SignUpAsync(
        UserPool pool,
        AppClient client,
        string username,
        string? password,
        IReadOnlyDictionary<string, string> given,
        TriggerOrigin origin,
        DateTimeOffset now,
        CancellationToken ct,
        Companion? companion = null)
    {
        var outcome = await TrySignUpAsync(pool, client, username, password, given, origin, now, companion, ct);
        metrics.SignedUp(outcome.Refusal);
        return outcome;
    }

    private async ValueTask<Outcome<SignedUp>> TrySignUpAsync(
        UserPool pool,
        AppClient client,
        string username,
        string? password,
        IReadOnlyDictionary<string, string> given,
        TriggerOrigin origin,
        DateTimeOffset now,
        Companion? companion,
        CancellationToken ct)
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
        var attributes = AttributeRules.Apply(new Dictionary<string, string>(StringComparer.Ordinal), written);
        var asked = await triggers.PreSignUpAsync(pool, name, written, "SignUp", origin, ct);
        if (asked.Refusal is { } objection) return objection;
        // Who holds what was mailed to the address has proven it, whatever the function thinks of it.
        var wishes = companion?.Proof == AddressProof.Given ? asked.Value with { AutoConfirmUser = true, AutoVerifyEmail = true } : asked.Value;
        if (AutoVerified(attributes, wishes) is not { } verified) return new Refusal.TriggerAnswerInvalid();
        PasswordCredential? credential = null;
        // Only who joins the transaction, the account API, hides from the caller that the name is taken, and leads who proves the address on.
        var rival = companion is null || isPasswordless ? null : await FindRivalAsync(pool, username, ct);
        var isOwnAgain = false;
        if (rival is not null)
        {
            var compared = await credentials.CompareAsMadeAsync(pool, rival, password!, ct);
            if (compared.Refusal is { } busy) return busy;
            isOwnAgain = compared.Value;
        }
        else if (!isPasswordless)
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
            Status = wishes.AutoConfirmUser == true ? UserStatus.Confirmed : UserStatus.Unconfirmed,
            Attributes = verified,
            Password = credential,
            CreatedAt = now,
            ModifiedAt = now,
        };
        var isConfirmed = user.Status == UserStatus.Confirmed;
        var delivery = isConfirmed || companion?.Proof == AddressProof.Link ? null : Destinations.ForSignUp(pool, user.Attributes);
        var draft = await DraftAsync(pool, user, MessageSource.SignUp, delivery, origin, ct);
        if (draft.Refusal is { } undrafted) return undrafted;
        var stored = await changes.CreateAsync(
            pool,
            user,
            async unit =>
            {
                if (rival is not null) throw new InvalidOperationException("Who held the name has gone meanwhile, and there is no password for another user.");
                await unit.Events.AddAsync(UserEvent.Of(user, UserEventKind.SignedUp, client.Id, now, random), ct);
                if (companion is not null) await companion.Along(unit, user);
                if (delivery is not null) await codes.IssueAsync(unit, pool, user, CodePurpose.SignUp, delivery.Attribute, delivery.Destination, draft.Value, now, ct);
            },
            // User guide, "Pre sign-up Lambda trigger": a verified address moves to the new user from who held it.
            takesAliases: asked.Value is { AutoVerifyEmail: true } or { AutoVerifyPhone: true },
            ct);
        // Who lost a race against somebody who came at the same moment is told apart from them now: that tells nobody anything.
        if (companion is not null && rival is null && credential is not null && stored.Refusal is not null)
        {
            rival = await FindRivalAsync(pool, username, ct);
            isOwnAgain = rival is not null && await credentials.CheckAsync(rival, password!, ct) is PasswordCheck.Right or PasswordCheck.RightButStale;
        }

        if (rival is not null && !isOwnAgain) await DisputeAsync(pool, rival, now, ct);
        if (stored.Refusal is { } refusal) return refusal;
        if (isConfirmed && await triggers.PostConfirmationAsync(pool, user, "ConfirmSignUp", origin, ct) is { } failed) return failed;
        return new SignedUp(user, delivery, OffersSession(client) ? SessionFor(client, user, now) : null);
    }

    /// <summary>Confirms with the code. The code, once right, is spent, and the address it went to is verified.</summary>
    /// <returns>The confirmed user and the session that signs it in; null where the client has no USER_AUTH, or SignUp's session was sent along and is too old.</returns>
    public async ValueTask<Outcome<(User User, string? Session)>> ConfirmAsync(
        UserPool pool, AppClient client, User user, string code, string? session, bool takesAliases, TriggerOrigin origin, DateTimeOffset now, CancellationToken ct)
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
        if (await triggers.PostConfirmationAsync(pool, changed.Value, "ConfirmSignUp", origin, ct) is { } failed) return failed;
        var next = continues.Value
            ? SessionFor(client, changed.Value, now)
            : null;
        return (changed.Value, next);
    }

    // Who has the name without having proved anything.
    private async ValueTask<User?> FindRivalAsync(UserPool pool, string username, CancellationToken ct)
    {
        var found = await database.ReadAsync(stores => stores.Users.FindByNameAsync(pool.Id, pool.Normalize(username), ct), ct);
        return found is { Status: UserStatus.Unconfirmed, Password: not null } ? found : null;
    }

    /// <summary>
    /// Two signed up with one name and different passwords, and nobody has proved yet whose it is. Whoever proves it then must not find an account that opens
    /// by the other's password, whichever of them came first (Sudhodanan and Paverd, "Pre-hijacked accounts", 2022): the password goes, and a recovery sets one.
    /// </summary>
    private async ValueTask DisputeAsync(UserPool pool, User rival, DateTimeOffset now, CancellationToken ct) => await changes.ChangeAsync(
        pool,
        rival.Sub,
        (_, fresh) => ValueTask.FromResult<Outcome<User>>(
            fresh.Status == UserStatus.Unconfirmed ? fresh with { Password = null } : new Refusal.WrongStatus(fresh.Status)),
        now,
        takesAliases: false,
        ct);

    /// <summary>What confirming a name that nobody has is answered with: a wrong code, after the same count and the same work.</summary>
    public async ValueTask<Refusal> PretendConfirmAsync(UserPool pool, string name, string code, DateTimeOffset now, CancellationToken ct)
    {
        if (!await limits.AdmitAsync(AttemptKind.ConfirmSignUp, pool, pool.Normalize(name), now, ct)) return new Refusal.AttemptLimit();
        await codes.PretendAsync(database, pool, CodePurpose.SignUp, code, now, ct);
        return new Refusal.CodeMismatch();
    }

    /// <summary>Sends another code, which supersedes the one before it.</summary>
    public async ValueTask<Outcome<Delivery>> ResendAsync(UserPool pool, User user, TriggerOrigin origin, DateTimeOffset now, CancellationToken ct)
    {
        if (user.Status != UserStatus.Unconfirmed) return new Refusal.WrongStatus(user.Status);
        if (Destinations.ForSignUp(pool, user.Attributes) is not { } delivery) return new Refusal.NoDestination();
        if (!await limits.AdmitAsync(AttemptKind.ResendCode, pool, user.Sub.Value, now, ct)) return new Refusal.AttemptLimit();
        var draft = await DraftAsync(pool, user, MessageSource.ResendCode, delivery, origin, ct);
        if (draft.Refusal is { } undrafted) return undrafted;
        await database.WriteAsync(async unit =>
        {
            await codes.IssueAsync(unit, pool, user, CodePurpose.SignUp, delivery.Attribute, delivery.Destination, draft.Value, now, ct);
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

    private async ValueTask<Outcome<MessageDraft>> DraftAsync(
        UserPool pool, User user, MessageSource source, Delivery? delivery, TriggerOrigin origin, CancellationToken ct) =>
        delivery is null ? MessageDraft.Plain : await messages.DraftAsync(pool, user, source, delivery, origin, ct);

    private string SessionFor(AppClient client, User user, DateTimeOffset now) => user.Status == UserStatus.Confirmed
        ? sessions.Make(SignUpSessions.Confirmed, client, user, now + TimeSpan.FromMinutes(client.Settings.AuthSessionValidity))
        : sessions.Make(SignUpSessions.Begun, client, user, now + CodeIssuer.VerificationLifetime);

    // A function can't verify what was not given (user guide, "Pre sign-up Lambda trigger"): null then.
    private static Dictionary<string, string>? AutoVerified(IReadOnlyDictionary<string, string> attributes, PreSignUpResponse wishes)
    {
        var result = new Dictionary<string, string>(attributes, StringComparer.Ordinal);
        foreach (var (isWished, attribute) in new[] { (wishes.AutoVerifyEmail, "email"), (wishes.AutoVerifyPhone, "phone_number") })
        {
            if (isWished != true) continue;
            if (!attributes.ContainsKey(attribute)) return null;
            result[attribute + "_verified"] = "true";
        }

        return result;
    }

    private static bool CanReceiveCodes(UserPool pool, IReadOnlyDictionary<string, string> attributes)
    {
        var factors = pool.Settings.AllowedFirstAuthFactors;
        return (factors.Contains("EMAIL_OTP") && attributes.GetValueOrDefault("email") is { Length: > 0 })
            || (factors.Contains("SMS_OTP") && attributes.GetValueOrDefault("phone_number") is { Length: > 0 });
    }

    private static bool OffersSession(AppClient client) => (AuthFlowNames.Allowed(client.Settings) & AuthFlows.Choice) != AuthFlows.None;
}
