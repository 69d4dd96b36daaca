using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.Triggers;

/// <summary>The functions around sign-up and sign-in: PreSignUp, PostConfirmation, PreAuthentication, PostAuthentication.</summary>
public sealed class UserTriggers(TriggerCalls calls)
{
    private static readonly PreSignUpResponse Nothing = new(AutoConfirmUser: false, AutoVerifyEmail: false, AutoVerifyPhone: false);

    /// <summary>Asks whether a user may be made, and whether it is confirmed and verified at once.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="userName">The name that the user will have.</param>
    /// <param name="attributes">What the user will have; neither sub nor status yet.</param>
    /// <param name="occasion">SignUp, AdminCreateUser or ExternalProvider.</param>
    /// <param name="origin">The call.</param>
    /// <param name="ct">Cancellation.</param>
    public ValueTask<Outcome<PreSignUpResponse>> PreSignUpAsync(
        UserPool pool, string userName, IReadOnlyDictionary<string, string> attributes, string occasion, TriggerOrigin origin, CancellationToken ct) =>
        pool.Settings.Triggers.PreSignUp is { } arn
            ? calls.CallAsync(
                TriggerKind.PreSignUp,
                arn,
                TriggerEvents.Of(
                    pool,
                    userName,
                    origin,
                    "PreSignUp_" + occasion,
                    new PreSignUpRequest(attributes, origin.ValidationData) { ClientMetadata = origin.ClientMetadata },
                    Nothing),
                TriggerJson.Default.PreSignUp,
                TriggerJson.Default.PreSignUpResponse,
                ct)
            : ValueTask.FromResult<Outcome<PreSignUpResponse>>(Nothing);

    /// <summary>Tells that a user was confirmed; a refusal undoes nothing, as in Cognito.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="user">Who was confirmed.</param>
    /// <param name="occasion">ConfirmSignUp or ConfirmForgotPassword.</param>
    /// <param name="origin">The call.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<Refusal?> PostConfirmationAsync(UserPool pool, User user, string occasion, TriggerOrigin origin, CancellationToken ct) =>
        pool.Settings.Triggers.PostConfirmation is { } arn
            ? await calls.TellAsync(
                TriggerKind.PostConfirmation,
                arn,
                TriggerEvents.Of(
                    pool,
                    user.Username,
                    origin,
                    "PostConfirmation_" + occasion,
                    new PostConfirmationRequest(TriggerEvents.Attributes(user)) { ClientMetadata = origin.ClientMetadata },
                    new NoResponse()),
                TriggerJson.Default.PostConfirmation,
                ct)
            : null;

    /// <summary>Asks whether a sign-in may go on, before anything is proved.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="user">Who signs in; null where nobody has the name and the client hides that.</param>
    /// <param name="typed">The name as typed.</param>
    /// <param name="origin">The call.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<Refusal?> PreAuthenticationAsync(UserPool pool, User? user, string typed, TriggerOrigin origin, CancellationToken ct) =>
        pool.Settings.Triggers.PreAuthentication is { } arn
            ? await calls.TellAsync(
                TriggerKind.PreAuthentication,
                arn,
                TriggerEvents.Of(
                    pool,
                    user?.Username ?? typed,
                    origin,
                    "PreAuthentication_Authentication",
                    new PreAuthenticationRequest(TriggerEvents.Attributes(user), origin.ValidationData, UserNotFound: user is null),
                    new NoResponse()),
                TriggerJson.Default.PreAuthentication,
                ct)
            : null;

    /// <summary>Tells that a sign-in has succeeded; a refusal keeps the tokens back.</summary>
    public async ValueTask<Refusal?> PostAuthenticationAsync(UserPool pool, User user, bool newDeviceUsed, TriggerOrigin origin, CancellationToken ct) =>
        pool.Settings.Triggers.PostAuthentication is { } arn
            ? await calls.TellAsync(
                TriggerKind.PostAuthentication,
                arn,
                TriggerEvents.Of(
                    pool,
                    user.Username,
                    origin,
                    "PostAuthentication_Authentication",
                    new PostAuthenticationRequest(TriggerEvents.Attributes(user), newDeviceUsed) { ClientMetadata = origin.ClientMetadata },
                    new NoResponse()),
                TriggerJson.Default.PostAuthentication,
                ct)
            : null;
}
