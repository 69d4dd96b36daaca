using Poolhouse.Core.Accounts;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Account.Pipeline;

namespace Poolhouse.Server.Account.Me;

/// <summary><c>PATCH me</c>: what is left out stays as it is.</summary>
internal sealed record ProfileBody(string? FirstName, string? LastName, string? Locale, string? Username);

/// <summary><c>GET me</c>.</summary>
internal sealed record ProfileAnswer
{
    public required string Id { get; init; }

    public required string Application { get; init; }

    public string? Email { get; init; }

    public bool EmailVerified { get; init; }

    public string? Username { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public string? PhoneNumber { get; init; }

    public bool PhoneNumberVerified { get; init; }

    public string? Locale { get; init; }

    public required IReadOnlyList<string> Groups { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>The caller's profile. Names and language are changed here; address and phone at the pool, which verifies them.</summary>
internal sealed class Profile(IUserPools pools, IDatabase database, Audit audit)
{
    private const int LongestName = 256;

    private static readonly CognitoIdpJson Json = CognitoIdpJson.Instance;

    /// <summary><c>GET me</c>.</summary>
    public async ValueTask<IResult> GetAsync(AccountCall call, CancellationToken ct) =>
        Results.Json(await ReadAsync(call, call.Account, ct), AccountJson.Default.ProfileAnswer);

    /// <summary><c>PATCH me</c>.</summary>
    public async ValueTask<IResult> PatchAsync(AccountCall call, CancellationToken ct)
    {
        var body = await call.ReadAsync(AccountJson.Default.ProfileBody, ct);
        var username = Check(call.Application, body);
        var attributes = new List<AttributeType>();
        void Set(string name, string? value)
        {
            if (value is not null) attributes.Add(new AttributeType { Name = name, Value = value });
        }

        Set("given_name", body.FirstName);
        Set("family_name", body.LastName);
        Set("locale", body.Locale);
        // The name first: it is what somebody else may have, and then nothing is changed.
        if (username is { } name && !await RenameAsync(call, name, ct)) throw Problems.Of("USERNAME_TAKEN");
        if (attributes.Count > 0)
        {
            var request = new AdminUpdateUserAttributesRequest { UserPoolId = call.Account.PoolId.Value, Username = call.Account.PoolUsername, UserAttributes = attributes };
            await pools.Of(call.Application).CallAsync(
                "AdminUpdateUserAttributes", request, Json.AdminUpdateUserAttributesRequest, Json.AdminUpdateUserAttributesResponse, call.Origin, ct);
        }

        var account = call.Account with { Username = username?.Text ?? call.Account.Username, Locale = body.Locale ?? call.Account.Locale };
        await database.WriteAsync(
            async unit =>
            {
                await unit.Accounts.UpdateAsync(account, ct);
                await unit.Audit.AddAsync(audit.Entry(call, "profile.changed"), ct);
                return true;
            },
            ct);
        return Results.Json(await ReadAsync(call, account, ct), AccountJson.Default.ProfileAnswer);
    }

    /// <summary>The profile as the pool and this server have it now.</summary>
    public async ValueTask<ProfileAnswer> ReadAsync(AccountCall call, Core.Accounts.Account account, CancellationToken ct)
    {
        var request = new AdminGetUserRequest { UserPoolId = account.PoolId.Value, Username = account.PoolUsername };
        var user = await pools.Of(call.Application).CallAsync("AdminGetUser", request, Json.AdminGetUserRequest, Json.AdminGetUserResponse, call.Origin, ct);
        var attributes = user.UserAttributes?.ToDictionary(a => a.Name!, a => a.Value, StringComparer.Ordinal) ?? [];
        return new ProfileAnswer
        {
            Id = account.Id.Value,
            Application = account.Application,
            Email = attributes.GetValueOrDefault("email"),
            EmailVerified = attributes.GetValueOrDefault("email_verified") == "true",
            Username = account.Username,
            FirstName = attributes.GetValueOrDefault("given_name"),
            LastName = attributes.GetValueOrDefault("family_name"),
            PhoneNumber = attributes.GetValueOrDefault("phone_number"),
            PhoneNumberVerified = attributes.GetValueOrDefault("phone_number_verified") == "true",
            Locale = attributes.GetValueOrDefault("locale") ?? account.Locale,
            Groups = call.SignedIn.Groups,
            CreatedAt = account.CreatedAt,
        };
    }

    private static AccountUsername? Check(Application application, ProfileBody body)
    {
        var errors = new FieldErrors();
        errors.OptionalText("first_name", body.FirstName, LongestName);
        errors.OptionalText("last_name", body.LastName, LongestName);
        errors.OptionalText("locale", body.Locale, 35);
        AccountUsername? username = null;
        if (application.Username == FieldUse.None) errors.Absent("username", body.Username);
        else if (body.Username is not null && (username = AccountUsername.TryRead(body.Username)) is null) errors.Add("username", "USERNAME");
        errors.ThrowIfAny();
        return username;
    }

    private ValueTask<bool> RenameAsync(AccountCall call, AccountUsername name, CancellationToken ct) =>
        database.WriteAsync(unit => unit.Accounts.RenameAsync(call.Account.Id, name, ct), ct);
}
