using System.Text.Json.Nodes;

namespace MlOpsBuild.EndToEnd.Tests.Actions;

public sealed class ExpressionTests
{
    private static readonly ExpressionScope Scope = new(
        (JsonObject)JsonNode.Parse("""
            {
              "github": { "event_name": "push", "ref": "refs/heads/main", "event": { "labels": [{ "name": "a" }, { "name": "b" }], "number": 7 } },
              "inputs": { "model-version": "" },
              "steps": { "find": { "outputs": { "number": "7", "list": "[\"x\"]" } } }
            }
            """)!,
        Failed: false,
        Broke: false);

    [Theory]
    [InlineData("github.event_name == 'PUSH'", "true")]
    [InlineData("github.event_name != 'push' || startsWith(github.ref, 'refs/heads/')", "true")]
    [InlineData("!(github.event_name == 'push') && true", "false")]
    [InlineData("github.event.number == 7 && 'seven' || 'other'", "seven")]
    [InlineData("inputs.model-version || 'latest'", "latest")]
    [InlineData("steps.find.outputs.number > 6", "true")]
    [InlineData("steps.nothing.outputs.number", "")]
    [InlineData("steps['find'].outputs['number']", "7")]
    [InlineData("contains(github.event.labels.*.name, 'B')", "true")]
    [InlineData("contains(fromJSON(steps.find.outputs.list), 'y')", "false")]
    [InlineData("inputs.model-version && fromJSON(inputs.model-version)", "")]
    [InlineData("format('{0} of ''{1}'' {{}}', 1, github.event_name)", "1 of 'push' {}")]
    [InlineData("join(github.event.labels.*.name, '+')", "a+b")]
    [InlineData("endsWith(github.ref, '/MAIN') && success() && !failure() && !cancelled()", "true")]
    [InlineData("github.missing == null && null == ''", "true")]
    public void Expressions_have_the_value_that_GitHub_gives_them(string expression, string value) =>
        ExpressionValue.Text(Expression.Evaluate(expression, Scope)).ShouldBe(value);

    [Theory]
    [InlineData("githup.ref")]
    [InlineData("github.ref = 'x'")]
    [InlineData("github.ref == \"x\"")]
    [InlineData("hash('x')")]
    [InlineData("(github.ref")]
    [InlineData("github.ref github.ref")]
    public void What_is_not_known_is_a_failure(string expression) =>
        Should.Throw<FormatException>(() => Expression.Evaluate(expression, Scope));

    [Theory]
    [InlineData(null, true, false)]
    [InlineData("github.event_name == 'push'", true, false)]
    [InlineData("${{ always() }}", true, true)]
    [InlineData("failure()", false, true)]
    [InlineData("success() || failure()", true, true)]
    public void Condition_that_does_not_ask_how_things_went_needs_them_to_go_well(string? condition, bool whileWell, bool afterFailure)
    {
        Expression.Holds(condition, Scope).ShouldBe(whileWell);
        Expression.Holds(condition, Scope with { Failed = true, Broke = true }).ShouldBe(afterFailure);
    }

    [Fact]
    public void Text_is_filled_in_where_the_braces_are() =>
        Expression.Fill("a ${{ github.event_name }}, ${{ format('{0}}}', 1) }}, ${{github.nothing}}.", Scope).ShouldBe("a push, 1}, .");
}
