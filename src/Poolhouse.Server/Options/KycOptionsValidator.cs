using Poolhouse.Amazon.S3;
using Poolhouse.Server.Scanning;

namespace Poolhouse.Server.Options;

/// <summary>Says what is wrong with the options of identity documents.</summary>
internal static class KycOptionsValidator
{
    public static IEnumerable<string> Validate(KycOptions options)
    {
        if (options.Store != "folder")
        {
            if (S3Address.Parse(options.Store) is null)
                yield return "Kyc:Store must be folder or look like s3://bucket?region=eu-west-1, with &endpoint=http(s)://host for a store that isn't Amazon's.";
            if (options.AccessKeyId is null != options.SecretAccessKey is null)
                yield return "Kyc:AccessKeyId and Kyc:SecretAccessKey (or Kyc:SecretAccessKeyFile) belong together; without both, AWS's usual places are asked for credentials.";
        }

        if (options.ClamAv is { } socket && ClamAvAddress.Parse(socket) is null) yield return "Kyc:ClamAv must look like tcp://127.0.0.1:3310 or unix:/run/clamav/clamd.ctl.";
        if (options.ScanSeconds is < 1 or > 300) yield return "Kyc:ScanSeconds must be 1 to 300.";
        if (options.RetentionDays is < 0 or > 3650) yield return "Kyc:RetentionDays must be 0 to 3,650.";
        if (options.UploadsPerDay is < 1 or > 1000) yield return "Kyc:UploadsPerDay must be 1 to 1,000.";
        if (options.MegabytesPerDay is < 10 or > 10_000) yield return "Kyc:MegabytesPerDay must be 10 to 10,000: one file may have ten.";
    }
}
