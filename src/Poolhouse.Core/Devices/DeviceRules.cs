namespace Poolhouse.Core.Devices;

/// <summary>How a pool tracks devices. API_DeviceConfigurationType: giving either property turns tracking on.</summary>
/// <param name="ReplaceSecondFactor">ChallengeRequiredOnNewDevice: whether a remembered device stands for the second factor.</param>
/// <param name="AskUser">DeviceOnlyRememberedOnUserPrompt: whether a device is remembered only when its user says so.</param>
public sealed record DeviceRules(bool ReplaceSecondFactor, bool AskUser);
