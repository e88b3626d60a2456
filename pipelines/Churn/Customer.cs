using MlOpsBuild.Data.Contracts;

namespace Pipelines;

/// <summary>A customer at the end of a quarter, and whether they left in the next one.</summary>
public sealed record Customer(
    [property: Identifier] int CustomerId,
    [property: Range(1, 1000000)] int Household,
    [property: Categories("basic", "plus", "pro")] string? Plan,
    [property: Categories("monthly", "yearly")] string Term,
    [property: Range(18, 110)] int? Age,
    [property: Range(0, 600)] int MonthsWithUs,
    [property: Range(0, 1000)] double MonthlyFee,
    [property: Range(0, 100)] int Complaints,
    [property: Range(0, 1)] double? UsageChange,
    [property: Label(positive: "yes"), Categories("no", "yes")] string Left);
