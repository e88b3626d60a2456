namespace MlOpsBuild.Engine.Execution.Tests;

internal static class ConditionalDefinition
{
    /// <summary>What <paramref name="add"/> says, when it holds.</summary>
    public static ITargetDefinition Apply(this ITargetDefinition definition, bool holds, Func<ITargetDefinition, ITargetDefinition> add) =>
        holds ? add(definition) : definition;
}
