using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MlOpsBuild.Analyzers.Tests;

/// <summary>Definitions that compile, compiled here against the real library, and what the editor shows of them.</summary>
public sealed class PipelineDefinitionAnalyzerTests
{
    private const string Whole = """
            .Data(DataSource.Files("data.csv"))
            .HoldOut(last: TimeSpan.FromDays(30))
            .Predict(x => x.Count, LearningTask.Regression)
            .Features(f => f.Number(x => x.Temperature).When(true, Hours))
            .Train(Trainers.Linear())
            .Gate(Metrics.Rmse, g => g.AtMost(100));
            private static void Hours(FeatureBuilder<Row> features) => features.OneHot(x => x.Hour)
        """;

    private static readonly ImmutableArray<MetadataReference> References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path))];

    [Fact]
    public async Task A_definition_that_can_be_run_has_nothing_against_it() => (await ShownAsync(Whole)).ShouldBeEmpty();

    [Theory]
    [InlineData(".Gate(Metrics.MeanScore, g => g.AtLeast(0.8))", null)]
    [InlineData("", "MLB2015 Demand: Pipeline Demand lacks .Gate(…): add it to Define")]
    public async Task Cases_of_a_language_model_need_no_hold_out_and_no_features(string gate, string? shown) => (await ShownAsync($$"""
            .Data(DataSource.Files("cases.csv"))
            .Answer(x => x.Count, a => a.Exact())
            .Train(Trainers.Prompt("prompt.md", new(new("https://llm.example.com/v1/chat/completions"), "small"))){{gate}}
        """)).ShouldBe(shown == null ? [] : [shown]);

    [Theory]
    [InlineData(".Gate(Metrics.Rmse, g => g.AtMost(100))", "", "MLB2015 Demand: Pipeline Demand lacks .Gate(…): add it to Define")]
    [InlineData(".HoldOut(last: TimeSpan.FromDays(30))", "", "MLB2015 Demand: Pipeline Demand lacks .HoldOut(…): add it to Define")]
    [InlineData(
        "FromDays(30)", "FromDays(7)",
        "MLB2009 last: TimeSpan.FromDays(7): 7 days are too few for any gate, which needs 10 to give an interval: hold out more")]
    [InlineData(
        "last: TimeSpan.FromDays(30)", "share: 0.2",
        "MLB2009 share: 0.2: Rows with times are not held out at random, where neighbours of a held-out row are trained on: hold out the last days")]
    [InlineData(
        "f.Number(x => x.Temperature)", "f.Number(x => x.Count)",
        "MLB2016 Count: Count may not be a feature: it is marked [Label], and is not known, or means nothing, when predicting")]
    [InlineData(
        "features.OneHot(x => x.Hour)", "features.Number(x => (double)x.Registered)",
        "MLB2016 Registered: Registered may not be a feature: it is marked [Leak], and is not known, or means nothing, when predicting")]
    [InlineData(
        "f.Number(x => x.Temperature)", "f.Cross(x => x.Hour, x => x.Number)",
        "MLB2016 Number: Number may not be a feature: it is marked [Identifier], and is not known, or means nothing, when predicting")]
    [InlineData(
        ".Train(", ".Slice(x => x.Person).Train(", "MLB2012 Person: Person is marked [PersonalData]: reports would show its values")]
    public async Task What_the_build_would_refuse_is_shown_where_it_stands(string part, string instead, string shown)
    {
        Whole.ShouldContain(part);
        (await ShownAsync(Whole.Replace(part, instead, StringComparison.Ordinal))).ShouldBe([shown]);
    }

    [Fact]
    public async Task As_many_days_as_the_gates_need_are_enough()
    {
        var fewest = MlOpsBuild.Modeling.Comparison.PairedBlockBootstrap.MinimumBlocks;

        (await ShownAsync(Whole.Replace("FromDays(30)", $"FromDays({fewest})", StringComparison.Ordinal))).ShouldBeEmpty();
        (await ShownAsync(Whole.Replace("FromDays(30)", $"FromDays({fewest - 1})", StringComparison.Ordinal))).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Features_of_earlier_rows_need_a_hold_out_of_the_last_days()
    {
        var lagged = Whole.Replace("f.Number(x => x.Temperature)", "f.Lag(x => x.Count, TimeSpan.FromHours(24))", StringComparison.Ordinal);

        (await ShownAsync(lagged)).ShouldBeEmpty("the last days are held out, and earlier labels are known");
        (await ShownAsync(lagged.Replace("last: TimeSpan.FromDays(30)", "groups: x => x.Hour, share: 0.2", StringComparison.Ordinal)))
            .ShouldHaveSingleItem().ShouldStartWith("MLB2020 ");
    }

    [Fact]
    public async Task Parts_that_another_class_adds_are_not_missed() =>
        (await ShownAsync(
            ".Seed(1); private void Extend(PipelineDefinition<Row> p) => Common.Add(p)",
            "internal static class Common { public static void Add(PipelineDefinition<Row> p) { } }"))
            .ShouldBeEmpty();

    [Fact]
    public async Task A_part_in_another_file_of_the_class_counts()
    {
        var (before, after) = (
            Whole.Replace(".Gate(Metrics.Rmse, g => g.AtMost(100))", "", StringComparison.Ordinal),
            "public sealed partial class Demand { void Rest(PipelineDefinition<Row> p) => p.Gate(Metrics.Rmse, g => g.AtMost(100)); }");

        (await ShownAsync(before, after)).ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<string>> ShownAsync(string definition, string more = "")
    {
        var source = $$"""
            using System;
            using MlOpsBuild.Data.Contracts;
            using MlOpsBuild.Data.Sources;
            using MlOpsBuild.Modeling.Evaluation;
            using MlOpsBuild.Modeling.Features;
            using MlOpsBuild.Modeling.Pipelines;
            using MlOpsBuild.Modeling.Training;

            public sealed record Row(
                [property: Identifier] long Number, [property: Timestamp] DateOnly Day, int Hour, double Temperature, [property: Leak("afterwards")] int Registered,
                [property: PersonalData, Categories("a", "b")] string Person, [property: Label] int Count);

            public sealed partial class Demand : ModelPipeline<Row>
            {
                protected override void Define(PipelineDefinition<Row> pipeline) => pipeline
            {{definition}};
            }

            {{more}}
            """;
        var compilation = CSharpCompilation.Create(
            "Sample", [CSharpSyntaxTree.ParseText(source)], References, new(OutputKind.DynamicallyLinkedLibrary));
        compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ShouldBeEmpty(source);

        var shown = await compilation.WithAnalyzers([new PipelineDefinitionAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        return [.. shown.Select(diagnostic =>
            $"{diagnostic.Id} {diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan)}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}")];
    }
}
