namespace Poolhouse.Core.Triggers;

/// <summary>
/// The functions of a pool, each by its ARN; null where there is none. Where an ARN is called is the server's configuration: see
/// <see cref="ITriggerFunctions"/>. API_LambdaConfigType.
/// </summary>
public sealed record PoolTriggers
{
    /// <summary>PreSignUp.</summary>
    public string? PreSignUp { get; init; }

    /// <summary>CustomMessage.</summary>
    public string? CustomMessage { get; init; }

    /// <summary>PostConfirmation.</summary>
    public string? PostConfirmation { get; init; }

    /// <summary>PreAuthentication.</summary>
    public string? PreAuthentication { get; init; }

    /// <summary>PostAuthentication.</summary>
    public string? PostAuthentication { get; init; }

    /// <summary>DefineAuthChallenge.</summary>
    public string? DefineAuthChallenge { get; init; }

    /// <summary>CreateAuthChallenge.</summary>
    public string? CreateAuthChallenge { get; init; }

    /// <summary>VerifyAuthChallengeResponse.</summary>
    public string? VerifyAuthChallengeResponse { get; init; }

    /// <summary>PreTokenGeneration.</summary>
    public string? PreTokenGeneration { get; init; }

    /// <summary>The version of the event that PreTokenGeneration gets: 1 (default), 2 or 3. API_PreTokenGenerationVersionConfigType.</summary>
    public int PreTokenGenerationVersion { get; init; } = 1;

    /// <summary>UserMigration.</summary>
    public string? UserMigration { get; init; }

    /// <summary>CustomEmailSender; its codes are sealed under <see cref="KmsKeyId"/>.</summary>
    public string? CustomEmailSender { get; init; }

    /// <summary>CustomSMSSender; its codes are sealed under <see cref="KmsKeyId"/>.</summary>
    public string? CustomSmsSender { get; init; }

    /// <summary>InboundFederation.</summary>
    public string? InboundFederation { get; init; }

    /// <summary>The ARN that names the key for custom senders; the key itself is the server's configuration.</summary>
    public string? KmsKeyId { get; init; }
}
