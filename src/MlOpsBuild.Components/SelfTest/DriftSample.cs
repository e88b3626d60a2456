namespace MlOpsBuild.Components.SelfTest;

/// <summary>Values of one column before and now.</summary>
/// <param name="Before">Values before.</param>
/// <param name="TimesBefore">Their rows' times; empty where rows were drawn one by one.</param>
/// <param name="Now">Values now.</param>
/// <param name="TimesNow">Their rows' times.</param>
internal sealed record DriftSample(double[] Before, IReadOnlyList<DateTime> TimesBefore, double[] Now, IReadOnlyList<DateTime> TimesNow);
