namespace Poolhouse.Server;

/// <summary>Every log event of the server; an id is never reused. Messaging has 2000–2999, Storage 3000–3999.</summary>
internal static class EventIds
{
    public const int CallRefused = 1000;
    public const int CallFailed = 1001;
    public const int UpkeepFailed = 1002;
    public const int UpkeepDone = 1003;
    public const int RequestFailed = 1004;
    public const int KeysRotated = 1005;
    public const int Draining = 1006;
    public const int MigrationWaits = 1007;
    public const int PrimaryChanged = 1008;
    public const int PrimaryLost = 1009;
    public const int DatabaseWatchFailed = 1010;
    public const int RedisAnswers = 1040;
    public const int RedisAway = 1041;
    public const int RedisWatchFailed = 1042;
    public const int AccountNotDeleted = 1045;
    public const int CodeRequestFailed = 1046;
    public const int CodeRequestsFailed = 1047;
    public const int EngineOut = 1060;
    public const int EngineBack = 1061;
    public const int LogsDropped = 1080;
    public const int LogsNotDelivered = 1081;
    public const int LogShippingFailed = 1082;
    public const int KeysNotFetched = 1100;
    public const int ExchangeRefused = 1101;
    public const int ExchangeFailed = 1102;
    public const int MalwareFound = 1110;
    public const int ScannerAnswer = 1111;
    public const int ScannerAway = 1112;
    public const int DocumentsErased = 1113;
    public const int DocumentsNotErased = 1114;
    public const int FunctionFailed = 1120;
    public const int FunctionUnreachable = 1121;
    public const int FunctionNotMapped = 1122;
    public const int ImportTaken = 1200;
    public const int ImportLine = 1201;
    public const int ImportEnded = 1202;
    public const int ImportBug = 1203;
    public const int ImportsFailed = 1204;
    public const int ImportLogNotWritten = 1205;
    public const int RealtimeActionFailed = 1300;
    public const int RealtimeWatchFailed = 1301;
}
