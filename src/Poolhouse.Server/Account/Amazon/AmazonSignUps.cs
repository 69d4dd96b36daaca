using System.Data.Common;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Account.Amazon;

/// <summary>
/// Users that come to be at Amazon with an account here. There is no transaction over both: the pool's part is done first, for it decides whose the
/// address is; then ours; and where ours comes to nothing, the pool's is undone. See docs/decisions/0018-amazon-gateway.md for what a crash leaves.
/// </summary>
internal sealed partial class AmazonSignUps(
    AmazonCalls calls, AmazonFacts facts, SessionShape sessions, Application application, IDatabase database, ILogger<AmazonUserPools> logger)
{
    private static readonly CognitoIdpJson Json = CognitoIdpJson.Instance;

    private string PoolId => application.PoolId.Value;

    /// <summary>As <see cref="IUserPoolGateway.SignUpAsync"/>.</summary>
    public async ValueTask<SignUpResponse> SignUpAsync(
        SignUpRequest request, AddressProof proof, Func<IUnitOfWork, SeenUser, ValueTask> along, Origin origin, CancellationToken ct)
    {
        var known = await facts.GetAsync(ct);
        if (proof == AddressProof.Link && known.SendsCodes)
        {
            // Somebody who can type the code would be confirmed without the link, and everybody would get two mails.
            LogSendsCodes(application.Name, application.PoolId);
            throw AmazonCalls.Away();
        }

        return proof == AddressProof.Given ? await CreateAsync(request, along, origin) : await SignUpAsync(request, known, along, origin);
    }

    /// <summary>As <see cref="IUserPoolGateway.ConfirmAsync"/>.</summary>
    public async ValueTask ConfirmAsync(string username, Func<IUnitOfWork, SeenUser, ValueTask> along, Origin origin, CancellationToken ct)
    {
        var request = new AdminGetUserRequest { UserPoolId = PoolId, Username = username };
        var found = await calls.CallAsync("AdminGetUser", request, Json.AdminGetUserRequest, Json.AdminGetUserResponse, origin, ct);
        // The words of AdminConfirmSignUp, which would say so below.
        if (found.UserStatus != "UNCONFIRMED") throw CognitoException.NotAuthorized($"User cannot be confirmed. Current status is {found.UserStatus}");
        var attributes = AmazonUserPool.AttributesOf(found.UserAttributes);
        var user = new SeenUser(application.PoolId, new Sub(attributes.GetValueOrDefault("sub") ?? ""), found.Username, attributes);

        // First only to see that it may be: what proves the address must be good before the pool hears of it, and is spent only once it has.
        await database.WriteAsync(
            async unit =>
            {
                await along(unit, user);
                unit.Abandon();
                return true;
            },
            ct);

        // The address first: where another user has it verified, nobody is confirmed. Of many who confirm at once AdminConfirmSignUp takes one.
        List<AttributeType> verified = [new() { Name = "email_verified", Value = "true" }];
        var update = new AdminUpdateUserAttributesRequest { UserPoolId = PoolId, Username = found.Username, UserAttributes = verified };
        await calls.CallAsync("AdminUpdateUserAttributes", update, Json.AdminUpdateUserAttributesRequest, Json.AdminUpdateUserAttributesResponse, origin, ct);
        var confirm = new AdminConfirmSignUpRequest { UserPoolId = PoolId, Username = found.Username };
        await calls.CallAsync("AdminConfirmSignUp", confirm, Json.AdminConfirmSignUpRequest, Json.AdminConfirmSignUpResponse, origin, CancellationToken.None);
        await database.WriteAsync(
            async unit =>
            {
                await along(unit, user);
                return true;
            },
            CancellationToken.None);
    }

    // Nobody goes away in the middle: from here on the request's end stops nothing, only the budget does.
    private async ValueTask<SignUpResponse> SignUpAsync(SignUpRequest request, AmazonPoolFacts known, Func<IUnitOfWork, SeenUser, ValueTask> along, Origin origin)
    {
        var made = await calls.CallAsync("SignUp", request, Json.SignUpRequest, Json.SignUpResponse, origin, CancellationToken.None);
        if (made.Session is { Length: > 0 } session) sessions.Learn(session);
        var username = known.NamesUsersItself ? made.UserSub : request.Username!;
        await JoinAsync(new SeenUser(application.PoolId, new Sub(made.UserSub), username, AmazonUserPool.AttributesOf(request.UserAttributes)), along);
        return made;
    }

    // The address is proven. A SignUp would have a code sent that is good for nothing; AdminCreateUser sends nothing. The password that the person chose
    // is the temporary one first, so that a bad one makes nobody, and whom a crash leaves between is let in by it and asked for a new one.
    private async ValueTask<SignUpResponse> CreateAsync(SignUpRequest request, Func<IUnitOfWork, SeenUser, ValueTask> along, Origin origin)
    {
        var create = new AdminCreateUserRequest
        {
            UserPoolId = PoolId,
            Username = request.Username,
            TemporaryPassword = request.Password,
            MessageAction = "SUPPRESS",
            UserAttributes = [.. request.UserAttributes ?? [], new AttributeType { Name = "email_verified", Value = "true" }],
        };
        var made = await CreateAsync(create, origin);
        var attributes = AmazonUserPool.AttributesOf(made?.Attributes);
        if (made?.Username is not { } username || !attributes.TryGetValue("sub", out var sub)) throw AmazonCalls.Away();
        await JoinAsync(new SeenUser(application.PoolId, new Sub(sub), username, attributes), along);
        // Last, when they have their account: if it can't be, they still get in, by the challenge that asks for a new password.
        var password = new AdminSetUserPasswordRequest { UserPoolId = PoolId, Username = username, Password = request.Password, Permanent = true };
        await calls.CallAsync("AdminSetUserPassword", password, Json.AdminSetUserPasswordRequest, Json.AdminSetUserPasswordResponse, origin, CancellationToken.None);
        return new SignUpResponse { UserConfirmed = true, UserSub = sub };
    }

    // A verified address that is somebody's alias already is what SignUp calls a name that exists.
    private async Task<UserType?> CreateAsync(AdminCreateUserRequest create, Origin origin)
    {
        try
        {
            return (await calls.CallAsync("AdminCreateUser", create, Json.AdminCreateUserRequest, Json.AdminCreateUserResponse, origin, CancellationToken.None)).User;
        }
        catch (CognitoException taken) when (taken.Type == "AliasExistsException")
        {
            throw CognitoException.UsernameExists(taken.PublicMessage ?? "");
        }
    }

    private async ValueTask JoinAsync(SeenUser user, Func<IUnitOfWork, SeenUser, ValueTask> along)
    {
        var isJoined = false;
        try
        {
            isJoined = await database.WriteAsync(
                async unit =>
                {
                    await along(unit, user);
                    return true;
                },
                CancellationToken.None);
        }
        finally
        {
            if (!isJoined) await UndoAsync(user);
        }
    }

    private async Task UndoAsync(SeenUser user)
    {
        try
        {
            // A commit whose answer was lost may have happened all the same; then the user has an account and stays.
            var account = await database.ReadAsync(
                stores => stores.Accounts.FindByUserAsync(application.Name, user.PoolId, user.Sub, CancellationToken.None), CancellationToken.None);
            if (account is not null) return;
            var delete = new AdminDeleteUserRequest { UserPoolId = PoolId, Username = user.Username };
            await calls.CallAsync("AdminDeleteUser", delete, Json.AdminDeleteUserRequest, Origin.Unknown, CancellationToken.None);
            LogUndone(user.Sub, application.PoolId);
        }
        catch (Exception failure) when (failure is CognitoException or DbException)
        {
            // They can still confirm and sign in: their account is made at the first verified token.
            LogLeft(user.Sub, application.PoolId, failure.GetType().Name);
        }
    }

    [LoggerMessage(EventIds.AmazonSendsCodes, LogLevel.Error, "Application {Application} confirms by links, and pool {Pool} sends codes by itself: take its auto-verified attributes away (docs/amazon.md). Nobody can register.")]
    private partial void LogSendsCodes(string application, PoolId pool);

    [LoggerMessage(EventIds.AmazonUserUndone, LogLevel.Information, "User {Sub} of pool {Pool} was not joined by an account and is deleted again.")]
    private partial void LogUndone(Sub sub, PoolId pool);

    [LoggerMessage(EventIds.AmazonUserLeft, LogLevel.Warning, "User {Sub} of pool {Pool} has no account and could not be deleted: {Failure}. They get one when they sign in.")]
    private partial void LogLeft(Sub sub, PoolId pool, string failure);
}
