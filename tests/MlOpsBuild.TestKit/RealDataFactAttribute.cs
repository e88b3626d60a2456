namespace MlOpsBuild.TestKit;

/// <summary>A test on real data; reported as skipped, with the reason, where the file is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealDataFactAttribute : FactAttribute
{
    /// <summary>A test on <see cref="RealData.HourFile"/>.</summary>
    public RealDataFactAttribute() => Skip = RealData.HourFile is null ? RealData.Missing : null!;
}
