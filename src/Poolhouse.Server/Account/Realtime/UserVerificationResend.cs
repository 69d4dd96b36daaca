using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Account.Authentication;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Account.Realtime;

/// <summary><c>user-verification-resend</c>: mails another code, and answers alike if it doesn't.</summary>
internal sealed class UserVerificationResend(Applications applications, IUserPools pools) : IRealtimeHandler<ResendMessage>
{
    private static readonly CognitoIdpJson Json = CognitoIdpJson.Instance;

    public async ValueTask<RealtimeAnswer> HandleAsync(ResendMessage message, RealtimeCall call, CancellationToken ct)
    {
        var errors = new FieldErrors();
        errors.Email("email", message.Email);
        var pool = pools.Of(applications.Named(message.Application, errors));
        errors.ThrowIfAny();
        try
        {
            var resend = new ResendConfirmationCodeRequest { ClientId = pool.ClientId, Username = message.Email };
            await pool.CallAsync("ResendConfirmationCode", resend, Json.ResendConfirmationCodeRequest, Json.ResendConfirmationCodeResponse, call.Connection.Origin, ct);
        }
        catch (CognitoException told) when (Verifying.TellsOfAccount(told))
        {
            // An account that is confirmed already, or isn't there, is nobody's business.
        }

        return new RealtimeAnswer(new UserView(null, message.Email!, message.Email!, LoggedIn: false));
    }
}
