namespace MlOpsBuild.Core;

/// <summary>A test of how a model or its server behaves.</summary>
/// <param name="Check">The claim, for example <c>wrong input is refused with a reason</c>.</param>
/// <param name="Verdict">What came of it.</param>
/// <param name="Evidence">In words with numbers.</param>
public sealed record CheckOutcome(string Check, Verdict Verdict, string Evidence);
