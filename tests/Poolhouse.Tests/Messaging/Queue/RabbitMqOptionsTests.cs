using Poolhouse.Messaging.Queue;

namespace Poolhouse.Tests.Messaging.Queue;

public sealed class RabbitMqOptionsTests
{
    [Fact]
    public void A_whole_connection_string_is_understood()
    {
        var text = "amqp://us%40er:p%3Aw%2F@rabbit-a:5673,rabbit-b,[::1]:5674/pool%2Fhouse?prefetch=16&patience=60&heartbeat=10&queue=shop.mail";

        RabbitMqOptions.TryParse(text, out var options, out var error).ShouldBeTrue(error);

        options!.Hosts.ShouldBe([("rabbit-a", 5673), ("rabbit-b", 5672), ("::1", 5674)]);
        (options.User, options.Password.Reveal(), options.VirtualHost).ShouldBe(("us@er", "p:w/", "pool/house"));
        (options.UseTls, options.Prefetch, options.Patience, options.Heartbeat).ShouldBe((false, (ushort)16, TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(10)));
        (options.Queue, options.DeadQueue).ShouldBe(("shop.mail", "shop.mail.dead"));
        options.ToString().ShouldBe("amqp://rabbit-a:5673,rabbit-b:5672,::1:5674");
    }

    [Theory]
    [InlineData("amqp://localhost", 5672, false, "guest", "/")]
    [InlineData("amqp://localhost/", 5672, false, "guest", "/")]
    [InlineData("amqps://u:p@localhost", 5671, true, "u", "/")]
    [InlineData("amqps://u:p@localhost:443/%2F", 443, true, "u", "/")]
    public void What_is_left_out_has_a_default(string text, int port, bool tls, string user, string virtualHost)
    {
        RabbitMqOptions.TryParse(text, out var options, out var error).ShouldBeTrue(error);

        (options!.Hosts.Single().Port, options.UseTls, options.User, options.VirtualHost).ShouldBe((port, tls, user, virtualHost));
        (options.Queue, options.Prefetch, options.Patience).ShouldBe(("poolhouse.outbox", (ushort)8, TimeSpan.FromSeconds(5)));
    }

    [Theory]
    [InlineData(""), InlineData("localhost:5672"), InlineData("http://u:secret@h"), InlineData("amqp://"), InlineData("amqp://u:secret@"), InlineData("amqp://u:secret@a,,b")]
    [InlineData("amqp://u:secret@a:99999"), InlineData("amqp://u:secret@a:"), InlineData("amqp://u:secret@a:0"), InlineData("amqp://secret@a"), InlineData("amqp://:secret@a")]
    [InlineData("amqp://u:sec/ret@a/v"), InlineData("amqp://u:sec@ret@a"), InlineData("amqp://u:secret#@a"), InlineData("amqp://u:secret@a/v/w"), InlineData("amqp://u:secret@a b")]
    [InlineData("amqp://u:secret@a?prefetch=0"), InlineData("amqp://u:secret@a?prefetch=65"), InlineData("amqp://u:secret@a?patience=-1"), InlineData("amqp://u:secret@a?heartbeat=0")]
    [InlineData("amqp://u:secret@a?queue="), InlineData("amqp://u:secret@a?queue=a%20b"), InlineData("amqp://u:secret@a?verify=none"), InlineData("amqp://u:secret@a?cacertfile=/etc/hosts")]
    [InlineData("amqps://u:secret@a?cacertfile=/nowhere/ca.pem"), InlineData("amqps://u:secret@a?cacertfile=/etc/hosts")]
    public void Anything_else_is_refused_in_a_sentence_without_the_password(string text)
    {
        RabbitMqOptions.TryParse(text, out _, out var error).ShouldBeFalse();

        error.ShouldNotBeNull().ShouldStartWith("RabbitMq");
        error.ShouldNotContain("secret");
        error.ShouldNotContain("ret@");
    }
}
