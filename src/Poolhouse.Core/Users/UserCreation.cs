using Poolhouse.Core.Events;
using Poolhouse.Core.Messages;
using Poolhouse.Core.Passwords;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.SignIn;
using Poolhouse.Core.Triggers;
using Poolhouse.Core.Users.Attributes;

namespace Poolhouse.Core.Users;

/// <summary>A user that an administrator makes. API_AdminCreateUser.</summary>
public sealed record NewUser
{
    /// <summary>The name, or the address where attributes are usernames.</summary>
    public required string Username { get; init; }

    /// <summary>What is given along; required attributes may be missing.</summary>
    public required IReadOnlyDictionary<string, string> Attributes { get; init; }

    /// <summary>Null means a generated one, or none where the user can sign in without.</summary>
    public string? TemporaryPassword { get; init; }

    /// <summary>Whether verified addresses are taken from who held them before.</summary>
    public bool TakesAliases { get; init; }

    /// <summary>Whether no invitation is sent.</summary>
    public bool IsSilent { get; init; }

    /// <summary>How the invitation travels; empty leaves it to what the user has.</summary>
    public IReadOnlyList<MessageChannel> Channels { get; init; } = [];

    /// <summary>What triggers learn of the call.</summary>
    public TriggerOrigin Origin { get; init; } = new(ClientId: null);
}

/// <summary>Users made by administrators: AdminCreateUser with its invitation.</summary>
public sealed class UserCreation(Credentials credentials, UserChanges changes, UserTriggers triggers, MessageTriggers messages, IRandom random)
{
    /// <summary>Makes the user with its invitation, or nothing at all.</summary>
    public async ValueTask<Outcome<User>> CreateAsync(UserPool pool, NewUser request, DateTimeOffset now, CancellationToken ct)
    {
        if (UsernameRules.Check(pool, request.Username) is { } form) return new Refusal.UsernameForm(form);
        var written = Registration.WithUsername(pool, request.Username, request.Attributes);
        if (AttributeRules.CheckInvited(pool, written) is { } problem) return new Refusal.Attributes(problem);
        var attributes = AttributeRules.Given(written);
        if (request.TemporaryPassword is { } given && PasswordPolicy.Check(pool.Settings.Passwords, given) is { } weak) return new Refusal.Password(weak);
        var password = request.TemporaryPassword ?? (NeedsNoPassword(pool, attributes) ? null : TemporaryPasswords.Generate(pool.Settings.Passwords, random));

        var sub = new Sub(random.UuidText());
        var user = new User
        {
            PoolId = pool.Id,
            Sub = sub,
            Username = pool.UsesAttributesAsUsername ? sub.Value : request.Username,
            Status = UserStatus.Confirmed,
            Attributes = attributes,
            CreatedAt = now,
            ModifiedAt = now,
        };
        // User guide, "Pre sign-up Lambda trigger": what it answers is ignored here, but not that it fails.
        var asked = await triggers.PreSignUpAsync(pool, user.Username, user.Attributes, "AdminCreateUser", request.Origin, ct);
        if (asked.Refusal is { } objection) return objection;
        IReadOnlyList<Invitation> drafts = [];
        if (password is not null)
        {
            var made = await credentials.MakeAsync(pool, sub, user.Username, password, ct);
            if (made.Refusal is { } busy) return busy;
            user = WithTemporary(pool, user, made.Value, now);
            if (!request.IsSilent)
            {
                var drafted = await Invitations.DraftAsync(messages, pool, user, request.Channels, request.Origin, ct);
                if (drafted.Refusal is { } refused) return refused;
                drafts = drafted.Value;
            }
        }

        return await changes.CreateAsync(
            pool,
            user,
            async unit =>
            {
                await unit.Events.AddAsync(UserEvent.Of(user, UserEventKind.SignedUp, null, now, random), ct);
                if (password is null) return;
                foreach (var message in Invitations.Of(pool, user, password, drafts, now, random)) await unit.Outbox.AddAsync(message, ct);
            },
            request.TakesAliases,
            ct);
    }

    /// <summary>Invites again, with another temporary password. Only who never signed in can be.</summary>
    public async ValueTask<Outcome<User>> InviteAgainAsync(
        UserPool pool, User user, string? temporaryPassword, IReadOnlyList<MessageChannel> channels, TriggerOrigin origin, DateTimeOffset now, CancellationToken ct)
    {
        if (user.Status != UserStatus.ForceChangePassword) return new Refusal.WrongStatus(user.Status);
        var password = temporaryPassword ?? TemporaryPasswords.Generate(pool.Settings.Passwords, random);
        if (PasswordPolicy.Check(pool.Settings.Passwords, password) is { } weak) return new Refusal.Password(weak);
        var made = await credentials.MakeAsync(pool, user.Sub, user.Username, password, ct);
        if (made.Refusal is { } busy) return busy;
        var drafted = await Invitations.DraftAsync(messages, pool, user, channels, origin, ct);
        if (drafted.Refusal is { } refused) return refused;
        return await changes.ChangeAsync(
            pool,
            user.Sub,
            async (unit, fresh) =>
            {
                if (fresh.Status != UserStatus.ForceChangePassword) return new Refusal.WrongStatus(fresh.Status);
                await PasswordGuesses.ClearAsync(unit, pool, fresh, ct);
                var renewed = WithTemporary(pool, fresh, made.Value, now);
                foreach (var message in Invitations.Of(pool, renewed, password, drafted.Value, now, random)) await unit.Outbox.AddAsync(message, ct);
                return renewed;
            },
            now,
            takesAliases: false,
            ct);
    }

    // API_AdminCreateUser.TemporaryPassword: none is generated where the pool has passwordless sign-in; observed with a verified
    // address, and that is what a code would go to.
    private static bool NeedsNoPassword(UserPool pool, IReadOnlyDictionary<string, string> attributes)
    {
        var factors = pool.Settings.AllowedFirstAuthFactors;
        return (factors.Contains("EMAIL_OTP") && IsVerified("email")) || (factors.Contains("SMS_OTP") && IsVerified("phone_number"));

        bool IsVerified(string attribute) => attributes.ContainsKey(attribute) && attributes.GetValueOrDefault(attribute + "_verified") == "true";
    }

    // A temporary password never enters the history: nobody chose it.
    private static User WithTemporary(UserPool pool, User user, PasswordCredential credential, DateTimeOffset now) => user with
    {
        Password = credential,
        Status = UserStatus.ForceChangePassword,
        TemporaryPasswordExpiresAt = TemporaryPasswords.ExpiresAt(pool, now),
    };
}
