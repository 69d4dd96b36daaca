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
    public const int Direct = 3009;
    public const int QueueThere = 3020;
    public const int QueueAway = 3021;
    public const int QueueStillAway = 3022;
    public const int QueueStoreFailed = 3023;
    public const int QueueUnreadable = 3024;
    public const int QueueClaimFailed = 3025;
    public const int Consuming = 3026;
    public const int ConsumerLost = 3027;
    public const int ConsumerStillLost = 3028;
    public const int NotSettled = 3029;
}
