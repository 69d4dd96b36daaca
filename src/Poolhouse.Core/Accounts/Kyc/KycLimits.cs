namespace Poolhouse.Core.Accounts.Kyc;

/// <summary>What the operator set.</summary>
/// <param name="UploadsPerDay">Uploads of an account on one day (UTC), also those that were refused or taken back.</param>
/// <param name="BytesPerDay">Their bytes.</param>
/// <param name="Retention">How long content is kept once a document is decided; null keeps it as long as the account.</param>
public sealed record KycLimits(int UploadsPerDay, long BytesPerDay, TimeSpan? Retention);
