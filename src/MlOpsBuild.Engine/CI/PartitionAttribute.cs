using System.Reflection;
using MlOpsBuild.Engine.ValueInjection;

namespace MlOpsBuild.Engine.CI;

/// <summary>Injects the part of the work that this agent has, as <c>--partition 2/4</c> says; all of it where nothing is said.</summary>
/// <param name="total">Into how many parts the work is divided, at least 2.</param>
public sealed class PartitionAttribute(int total) : ValueInjectionAttributeBase
{
    /// <summary>Number of parts.</summary>
    public int Total { get; } = total;

    /// <inheritdoc />
    public override object? GetValue(MemberInfo member, object instance) =>
        Build.Partition is var part && part.Total != Total && part.Total != 1
            ? throw new ArgumentException($"--partition {part} is not a part of {Total}.")
            : part;
}
