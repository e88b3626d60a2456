namespace MlOpsBuild.Reporting.Pages;

/// <summary>A test of behaviour in words.</summary>
/// <param name="Sign">A sign for the verdict.</param>
/// <param name="Check">The claim.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Evidence">The evidence.</param>
public sealed record CheckRow(string Sign, string Check, string Verdict, string Evidence);
