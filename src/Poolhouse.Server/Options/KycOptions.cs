namespace Poolhouse.Server.Options;

/// <summary>Identity documents: <c>Kyc:Store</c> and the rest. See docs/kyc.md.</summary>
internal sealed class KycOptions
{
    /// <summary><c>folder</c>, which is <c>{Data}/kyc</c>, or <c>s3://bucket/prefix?region=…&amp;endpoint=…</c>. Default folder.</summary>
    public string Store { get; set; } = "folder";

    /// <summary>Access key id of the S3-compatible store. Default: the credentials of AWS's usual places (environment, profile, web identity, container, instance).</summary>
    public string? AccessKeyId { get; set; }

    /// <summary>Its secret.</summary>
    public string? SecretAccessKey { get; set; }

    /// <summary>File that holds <see cref="SecretAccessKey"/>.</summary>
    public string? SecretAccessKeyFile { get; set; }

    /// <summary>ClamAV's socket: <c>tcp://host:port</c> or <c>unix:/path</c>. Default: none, and nothing is scanned.</summary>
    public string? ClamAv { get; set; }

    /// <summary>Seconds that a scan may take, 1–300. Default 30.</summary>
    public int ScanSeconds { get; set; } = 30;

    /// <summary>Days after the decision at which content is erased and only the decision kept; 0 keeps it as long as the account. 0–3,650. Default 365.</summary>
    public int RetentionDays { get; set; } = 365;

    /// <summary>Uploads of an account on one day, 1–1,000. Default 20.</summary>
    public int UploadsPerDay { get; set; } = 20;

    /// <summary>Megabytes of an account's uploads on one day, 10–10,000. Default 100.</summary>
    public int MegabytesPerDay { get; set; } = 100;
}
