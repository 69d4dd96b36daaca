using Microsoft.Extensions.DependencyInjection;
using Poolhouse.Core.Stores;
using Poolhouse.Messaging.Outbox;
using Poolhouse.Messaging.Queue;
using Poolhouse.Messaging.Sending;
using Poolhouse.Messaging.Templates;

namespace Poolhouse.Messaging;

/// <summary>Registers what sends messages.</summary>
public static class MessagingServices
{
    /// <summary>
    /// Adds composer, senders, relay and gauges. Needs <see cref="IDatabase"/>, <see cref="TimeProvider"/>,
    /// <see cref="Core.Primitives.IRandom"/>, logging and metrics. Write paths use <see cref="OutboxSignal"/>.
    /// </summary>
    public static IServiceCollection AddMessaging(this IServiceCollection services, MessagingOptions options)
    {
        services.AddMetrics();
        services.AddSingleton<Composer>();
        services.AddSingleton(provider => Senders(options, provider.GetRequiredService<IDatabase>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<OutboxMetrics>();
        services.AddSingleton<OutboxDelivery>();
        services.AddSingleton(provider => new DeliveryRoute(options.RabbitMq?.Patience, options.RabbitMq is null || options.Consume, provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<OutboxRelay>();
        services.AddHostedService<OutboxWatch>();
        return options.RabbitMq is { } broker ? services.AddQueue(broker, options.Consume) : services;
    }

    private static IServiceCollection AddQueue(this IServiceCollection services, RabbitMqOptions broker, bool consumes)
    {
        services.AddSingleton(new RabbitMqConnections(broker));
        services.AddSingleton<QueueMetrics>();
        services.AddSingleton<QueuePublisher>();
        services.AddSingleton(provider => new QueueInspection(provider.GetRequiredService<RabbitMqConnections>(), provider.GetRequiredService<QueuePublisher>()));
        services.AddHostedService<QueueRelay>();
        if (!consumes) return services;
        services.AddSingleton<QueueDelivery>();
        services.AddHostedService<QueueConsumer>();
        return services;
    }

    internal static MessageSenders Senders(MessagingOptions options, IDatabase database, TimeProvider time)
    {
        var mailbox = options.UseMailbox ? new MailboxMessageSender(database, time) : null;
        IMessageSender mail = options.Smtp is { } smtp ? new SmtpMessageSender(smtp, time)
            : mailbox is not null ? mailbox
            : new MailUnavailableSender();
        return new MessageSenders(mail, mailbox is not null ? mailbox : new SmsUnavailableSender());
    }
}
