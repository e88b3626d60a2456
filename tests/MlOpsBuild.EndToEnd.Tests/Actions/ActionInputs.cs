namespace MlOpsBuild.EndToEnd.Tests.Actions;

/// <summary>What a step gives to its action; nothing that is not known here.</summary>
internal sealed class ActionInputs
{
    private readonly Dictionary<string, string> _values;

    public ActionInputs(WorkflowStep step, ExpressionScope scope, IReadOnlyCollection<string> known)
    {
        _values = step.With.ToDictionary(input => input.Key, input => Expression.Fill(ExpressionValue.Text(input.Value), scope));
        _values.Keys.Except(known).ShouldBeEmpty($"{step.Uses} is not known with these here");
    }

    /// <summary>A value; <paramref name="otherwise"/> when it is left out or empty.</summary>
    public string Text(string name, string otherwise = "") =>
        _values.TryGetValue(name, out var value) && value.Length > 0 ? value : otherwise;
}
