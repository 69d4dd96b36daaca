using System.Security.Authentication;
using RabbitMQ.Client.Exceptions;

namespace Poolhouse.Messaging.Queue;

/// <summary>The broker did not do what it was asked, for whatever reason; its message is a short word for the log, which holds nothing secret.</summary>
internal sealed class QueueAwayException(Exception cause) : Exception(Word(cause), cause)
{
    // AMQP 0-9-1 §1.1, reply codes.
    private const ushort AccessRefused = 403;
    private const ushort PreconditionFailed = 406;
    private const ushort NotAllowed = 530;

    /// <summary>Why, for an operator.</summary>
    public string Sentence => Message switch
    {
        "access-refused" => "RabbitMQ refuses the user, its password or its permissions.",
        "queue-differs" => "RabbitMQ has a queue of the same name that was declared otherwise; delete it or set another with ?queue=name.",
        "tls-refused" => "RabbitMQ's certificate or TLS was not accepted; see cacertfile.",
        "no-answer" => "RabbitMQ does not answer in time.",
        "not-confirmed" => "RabbitMQ does not confirm what is published.",
        _ => "RabbitMQ can't be reached.",
    };

    private static string Word(Exception cause)
    {
        for (var e = cause; e is not null; e = e is AggregateException { InnerExceptions: [var first, ..] } ? first : e.InnerException)
        {
            switch (e)
            {
                case AuthenticationFailureException:
                case PossibleAuthenticationFailureException:
                case OperationInterruptedException { ShutdownReason.ReplyCode: AccessRefused or NotAllowed }:
                    return "access-refused";
                case OperationInterruptedException { ShutdownReason.ReplyCode: PreconditionFailed }:
                    return "queue-differs";
                case AuthenticationException:
                    return "tls-refused";
                case PublishException:
                    return "not-confirmed";
                case OperationCanceledException or TimeoutException:
                    return "no-answer";
            }
        }

        return "unreachable";
    }
}
