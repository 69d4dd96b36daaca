using Poolhouse.Amazon;
using Poolhouse.Amazon.Ses;
using Poolhouse.Messaging;
using Poolhouse.Messaging.Queue;
using Poolhouse.Messaging.Sending;
using Poolhouse.Server.Health;
using Poolhouse.Server.Options;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Mail;

/// <summary>What carries mail: an SMTP server, Amazon SES, or in Development the mailbox.</summary>
internal static class MailServices
{
    /// <summary>Adds it, with its check.</summary>
    public static IServiceCollection AddMail(this IServiceCollection services, ServerOptions options, bool isDevelopment)
    {
        var smtp = options.Smtp is not null && SmtpOptions.TryParse(options.Smtp, out var server, out _) ? server : null;
        if (options.Ses is not null && SesOptions.TryParse(options.Ses, out var ses, out _))
        {
            services.AddSingleton(ses);
            services.AddSingleton(p => new SesClient(ses, p.GetRequiredService<IAmazonCredentials>(), () => p.GetRequiredService<WallClock>().Now));
            services.AddSingleton<SesMessageSender>();
            services.AddSingleton<IEngineCheck, SesCheck>();
        }
        else
        {
            services.AddSingleton<IEngineCheck>(new SmtpCheck(smtp, isDevelopment));
        }

        return services.AddMessaging(new MessagingOptions
        {
            Smtp = smtp,
            Carrier = options.Ses is null ? null : p => p.GetRequiredService<SesMessageSender>(),
            UseMailbox = isDevelopment,
            RabbitMq = options.RabbitMq is not null && RabbitMqOptions.TryParse(options.RabbitMq, out var broker, out _) ? broker : null,
            Consume = options.Consume,
        });
    }
}
