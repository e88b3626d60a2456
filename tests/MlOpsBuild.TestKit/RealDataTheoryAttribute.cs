namespace MlOpsBuild.TestKit;

/// <summary>A theory on real data; reported as skipped, with the reason, where the file is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealDataTheoryAttribute : TheoryAttribute
{
    /// <summary>A theory on <see cref="RealData.HourFile"/>.</summary>
    public RealDataTheoryAttribute() => Skip = RealData.HourFile is null ? RealData.Missing : null!;
}
