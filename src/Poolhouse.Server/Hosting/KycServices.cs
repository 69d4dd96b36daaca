using Poolhouse.Amazon;
using Poolhouse.Amazon.S3;
using Poolhouse.Core.Accounts.Deletion;
using Poolhouse.Core.Accounts.Kyc;
using Poolhouse.Core.Primitives;
using Poolhouse.Server.Account.Kyc;
using Poolhouse.Server.Account.Me;
using Poolhouse.Server.Objects;
using Poolhouse.Server.Options;
using Poolhouse.Server.Scanning;

namespace Poolhouse.Server;

/// <summary>Identity documents.</summary>
internal static class KycServices
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>Adds them.</summary>
    public static IServiceCollection AddKyc(this IServiceCollection services, ServerOptions server)
    {
        var options = server.Kyc;
        services.AddSingleton(new KycLimits(
            options.UploadsPerDay, options.MegabytesPerDay * Megabyte, options.RetentionDays == 0 ? null : TimeSpan.FromDays(options.RetentionDays)));
        services.AddSingleton<IObjectStore>(p => options.Store == "folder"
            ? new FolderObjects(Path.Combine(server.Data, "kyc"), p.GetRequiredService<IRandom>())
            : new S3Objects(S3Address.Parse(options.Store)!, KeysOf(options) ?? p.GetRequiredService<IAmazonCredentials>()));
        services.AddSingleton(p => new KycScanner(options.ClamAv is null
            ? null
            : new ClamAv(ClamAvAddress.Parse(options.ClamAv)!, TimeSpan.FromSeconds(options.ScanSeconds), p.GetRequiredService<ILogger<ClamAv>>())));
        services.AddSingleton<IAccountExportPart, KycExport>();
        services.AddSingleton<KycErasure>();
        services.AddSingleton<IAccountErasure, KycAccountErasure>();
        services.AddSingleton<KycReviewing>();
        services.AddSingleton<KycReviews>();
        services.AddSingleton<KycSignal>();
        services.AddSingleton<KycUploading>();
        services.AddSingleton<KycUploads>();
        services.AddSingleton<UploadSlots>();
        services.AddHostedService<KycUpkeep>();
        return services;
    }

    private static GivenCredentials? KeysOf(KycOptions options) => options.AccessKeyId is { } id ? new GivenCredentials(new AmazonKeys(id, new Secret(options.SecretAccessKey!), null)) : null;
}
