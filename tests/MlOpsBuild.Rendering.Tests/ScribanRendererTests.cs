using Scriban.Syntax;

namespace MlOpsBuild.Rendering.Tests;

public sealed class ScribanRendererTests
{
    private const string Hostile = "<script>alert('1')</script> & \"|`{{ x }}";

    [Fact]
    public void Values_are_escaped_without_being_asked_for()
    {
        Render(TextFormat.Html, "{{ Name }}").ShouldBe("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;|`{{ x }}");
        Render(TextFormat.Markdown, "{{ Name }}").ShouldBe("&lt;script&gt;alert('1')&lt;/script&gt; &amp; \"\\|\\`\\{\\{ x \\}\\}");
        Render(TextFormat.Html, "<p title=\"{{ Name }}\">{{ for row in Rows }}{{ for cell in row }}{{ cell }};{{ end }}{{ end }}</p>")
            .ShouldContain("&lt;b&gt;;2;3;");
    }

    [Fact]
    public void What_is_raw_or_escaped_already_is_not_escaped_again()
    {
        Render(TextFormat.Html, "{{ Name | raw }}").ShouldBe(Hostile);
        Render(TextFormat.Html, "{{ Name | html }}").ShouldBe(Render(TextFormat.Html, "{{ Name }}"));
        Render(TextFormat.Markdown, "{{ Name | html }}").ShouldBe(Render(TextFormat.Html, "{{ Name }}"));
        Render(TextFormat.Html, "{{ Name | md }}").ShouldBe(Render(TextFormat.Markdown, "{{ Name }}"));
    }

    [Fact]
    public void Text_that_is_put_together_is_a_value_too() =>
        Render(TextFormat.Html, "{{ Name | string.downcase }}{{ '<' + Name }}").ShouldNotContain("<");

    [Theory]
    [InlineData("{{ if has Empty }}yes{{ else }}no{{ end }}", "no")]
    [InlineData("{{ if has Nothing }}yes{{ else }}no{{ end }}", "no")]
    [InlineData("{{ if has None }}yes{{ else }}no{{ end }}", "no")]
    [InlineData("{{ if has False }}yes{{ else }}no{{ end }}", "no")]
    [InlineData("{{ if has Rows }}yes{{ else }}no{{ end }}", "yes")]
    [InlineData("{{ if has Name }}yes{{ else }}no{{ end }}", "yes")]
    [InlineData("{{ Number }}", "1234.5")]
    [InlineData("{{ Nothing }}", "")]
    public void Empty_is_nothing_to_show_and_numbers_are_of_no_country(string template, string text) =>
        Render(TextFormat.Html, template).ShouldBe(text);

    [Theory]
    [InlineData("{{ Naem }}")]
    [InlineData("{{ Rows[0].Naem }}")]
    [InlineData("{{ Inner.Naem }}")]
    [InlineData("{{ Nothing.Name }}")]
    [InlineData("{{ naem 1 }}")]
    [InlineData("{{ object.eval '1 + 1' }}")]
    [InlineData("{{ object.eval_template '{{ 1 }}' }}")]
    [InlineData("{{ date.now }}")]
    [InlineData("{{ include '/etc/passwd' }}")]
    [InlineData("{{ while true }}{{ end }}")]
    [InlineData("{{ func again }}{{ again }}{{ end }}{{ again }}")]
    [InlineData("{{ regex.replace Name 'a' 'b' }}")]
    public void What_is_not_there_and_what_never_ends_is_an_error(string template) =>
        Should.Throw<ScriptRuntimeException>(() => Render(TextFormat.Html, template));

    [Theory]
    [InlineData("{{ for row in Rows }}")]
    [InlineData("{{ if }}{{ end }}")]
    [InlineData("{{ 1 + }}")]
    public void What_is_no_template_is_an_error(string template) => Should.Throw<FormatException>(() => Render(TextFormat.Html, template));

    [Fact]
    public void A_large_report_is_not_cut()
    {
        var rows = Enumerable.Range(0, 50_000).Select(row => new[] { $"row {row}", new string('x', 100) }).ToArray();

        var text = new ScribanRenderer(TextFormat.Html).Render(
            "{{ for row in Rows }}{{ for cell in row }}{{ cell }};{{ end }}{{ end }}{{ Long }}",
            new { Rows = rows, Long = new string('y', 5_000_000) });

        text.Length.ShouldBe(rows.Sum(row => row[0].Length + row[1].Length + 2) + 5_000_000);
        text.ShouldContain("row 49999;");
    }

    private static string Render(TextFormat format, string template) => new ScribanRenderer(format).Render(template, new
    {
        Name = Hostile, Empty = "", Nothing = (string?)null, None = Array.Empty<string>(), False = false, Number = 1234.5,
        Inner = new { Name = "inner" },
        Rows = new[] { new[] { "<b>", "2", "3" } },
    });
}
