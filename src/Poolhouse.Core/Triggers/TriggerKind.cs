namespace Poolhouse.Core.Triggers;

/// <summary>The functions that a pool may call. API_LambdaConfigType; the names are those in Cognito's error messages.</summary>
public enum TriggerKind
{
    /// <summary>Before a user is made.</summary>
    PreSignUp,

    /// <summary>After a sign-up or a new password was confirmed.</summary>
    PostConfirmation,

    /// <summary>When a sign-in begins.</summary>
    PreAuthentication,

    /// <summary>When a sign-in has succeeded.</summary>
    PostAuthentication,

    /// <summary>CUSTOM_AUTH: what comes next.</summary>
    DefineAuthChallenge,

    /// <summary>CUSTOM_AUTH: a challenge.</summary>
    CreateAuthChallenge,

    /// <summary>CUSTOM_AUTH: whether an answer is right.</summary>
    VerifyAuthChallengeResponse,

    /// <summary>Before tokens are written.</summary>
    PreTokenGeneration,

    /// <summary>When somebody signs in, or forgot a password, whom the pool does not know.</summary>
    UserMigration,

    /// <summary>Before a message with a code is written.</summary>
    CustomMessage,

    /// <summary>Sends mail in this server's place.</summary>
    CustomEmailSender,

    /// <summary>Sends SMS in this server's place.</summary>
    CustomSMSSender,

    /// <summary>When an identity provider's attributes arrive.</summary>
    InboundFederation,
}
