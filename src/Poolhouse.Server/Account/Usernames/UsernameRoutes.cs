using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Usernames;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Account.Authentication;
using Poolhouse.Server.Account.Limits;
using Poolhouse.Server.Account.Pipeline;

namespace Poolhouse.Server.Account.Usernames;

/// <summary>What <c>PUT</c> and <c>DELETE usernames/{username}</c> take.</summary>
internal sealed record UsernameBody(string? UsernameReservation, string? Application);

/// <summary>A name: whether it is to be had, or the reservation that was won.</summary>
internal sealed record UsernameAnswer(string Username, bool? Available, string? UsernameReservation, DateTimeOffset? ExpiresAt);

/// <summary><c>/api/v1/usernames</c>: names for sign-ups in flight. The contract's section 3.</summary>
internal static class UsernameRoutes
{
    /// <summary>Maps them.</summary>
    public static void MapUsernames(this RouteGroupBuilder api)
    {
        api.MapPut("/usernames/{username}", PutAsync).Limit(RateLimits.Codes);
        api.MapGet("/usernames/{username}", GetAsync).Limit(RateLimits.Typing);
        api.MapDelete("/usernames/{username}", DeleteAsync).Limit(RateLimits.Codes);
    }

    private static async Task<IResult> PutAsync(AccountCall call, string username, UsernameReservations reservations, CancellationToken ct)
    {
        var body = await call.ReadAsync(AccountJson.Default.UsernameBody, ct, mayBeEmpty: true);
        var (application, name) = Read(call, username, body.Application);
        return await reservations.ReserveAsync(application, name, Token(body), call.Now, ct) is { } reservation
            ? Answer(new UsernameAnswer(name.Text, null, reservation.Token, reservation.ExpiresAt))
            : throw Problems.Of("USERNAME_TAKEN");
    }

    private static async Task<IResult> GetAsync(AccountCall call, string username, string? application, UsernameReservations reservations, CancellationToken ct)
    {
        var (where, name) = Read(call, username, application);
        return Answer(new UsernameAnswer(name.Text, await reservations.IsAvailableAsync(where, name, call.Now, ct), null, null));
    }

    private static async Task<IResult> DeleteAsync(AccountCall call, string username, UsernameReservations reservations, CancellationToken ct)
    {
        var body = await call.ReadAsync(AccountJson.Default.UsernameBody, ct, mayBeEmpty: true);
        var (application, name) = Read(call, username, body.Application);
        // Somebody else's reservation is told like none.
        if (Token(body) is not { } token || !await reservations.ReleaseAsync(application, name, token, ct)) throw Problems.NotFound();
        return Results.Json(new MessageAnswer("Username given back"), AccountJson.Default.MessageAnswer);
    }

    private static (Application Application, AccountUsername Name) Read(AccountCall call, string username, string? application)
    {
        var errors = new FieldErrors();
        var where = call.ApplicationNamed(application, errors);
        var name = AccountUsername.TryRead(username);
        if (name is null) errors.Add("username", "USERNAME");
        errors.ThrowIfAny();
        return (where, name!.Value);
    }

    private static string? Token(UsernameBody body)
    {
        var errors = new FieldErrors();
        errors.OptionalText("username_reservation", body.UsernameReservation, 128);
        errors.ThrowIfAny();
        return body.UsernameReservation;
    }

    private static IResult Answer(UsernameAnswer answer) => Results.Json(answer, AccountJson.Default.UsernameAnswer);
}

/// <summary>Register's part: who brings a reservation spends it, and nobody gets a name that somebody else holds.</summary>
internal sealed class ReservedUsername(UsernameReservations reservations) : IRegistrationPart
{
    public ValueTask CheckAsync(Newcomer newcomer, FieldErrors errors, CancellationToken ct)
    {
        errors.OptionalText("username_reservation", newcomer.Body.UsernameReservation, 128);
        return ValueTask.CompletedTask;
    }

    public async ValueTask JoinAsync(IUnitOfWork unit, Newcomer newcomer, Core.Accounts.Account account, CancellationToken ct)
    {
        if (newcomer.Username is not { } name) return;
        var hash = reservations.HashOf(newcomer.Body.UsernameReservation);
        if (!await reservations.ClaimAsync(unit, newcomer.Application, name, hash, newcomer.Call.Now, ct)) throw Problems.Of("USERNAME_TAKEN");
    }
}
