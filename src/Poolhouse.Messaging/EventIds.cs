namespace Poolhouse.Messaging;

/// <summary>Numbers of log events of this project: 3000–3099, never used twice.</summary>
internal static class EventIds
{
    public const int Sent = 3000;
    public const int Deferred = 3001;
    public const int Dead = 3002;
    public const int LeaseLost = 3003;
    public const int SenderFailed = 3004;
    public const int StoreFailed = 3005;
    public const int ResultNotRecorded = 3006;
    public const int Stopping = 3007;
    public const int StateUnknown = 3008;
}
