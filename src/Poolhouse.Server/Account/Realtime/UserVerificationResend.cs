using Poolhouse.Core.Accounts;
using Poolhouse.Server.Account.Authentication;

namespace Poolhouse.Server.Account.Realtime;

/// <summary><c>user-verification-resend</c>: has another code sent, if there is somebody to send it to; the answer is the same if not.</summary>
internal sealed class UserVerificationResend(Applications applications, CodeRequests requests) : IRealtimeHandler<ResendMessage>
{
    public async ValueTask<RealtimeAnswer> HandleAsync(ResendMessage message, RealtimeCall call, CancellationToken ct)
    {
        var errors = new FieldErrors();
        errors.Email("email", message.Email);
        var application = applications.Named(message.Application, errors);
        errors.ThrowIfAny();
        await requests.DemandAsync(application, message.Email!, CodeRequestPurpose.Confirmation, call.Connection.Origin, call.Now, ct);
        return new RealtimeAnswer(new UserView(null, message.Email!, message.Email!, LoggedIn: false));
    }
}
