namespace MlOpsBuild.Dashboard.State;

/// <summary>One thing that Monitor looked at.</summary>
/// <param name="Name">What.</param>
/// <param name="Verdict">Passed, Failed or Inconclusive.</param>
/// <param name="Judged">Whether it counts.</param>
/// <param name="Since">The day it began; null where nothing says.</param>
/// <param name="Evidence">The figures, in words.</param>
public sealed record AspectView(string Name, string Verdict, bool Judged, string? Since, string Evidence);
