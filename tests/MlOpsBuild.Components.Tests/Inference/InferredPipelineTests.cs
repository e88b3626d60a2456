using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Files;
using MlOpsBuild.Data.Formats;
using MlOpsBuild.Data.Inference;
using MlOpsBuild.Data.Stages;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Stages;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Components.Inference.Tests;

/// <summary>What InferContract writes compiles, and trains on the file it was written for, as it is.</summary>
public sealed class InferredPipelineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [RealDataTheory]
    [InlineData("bike-sharing/hour.csv", null, "regression")]
    [InlineData("wine-quality/winequality-red-semicolon.csv", "quality", "regression")]
    [InlineData("wine-quality/winequality-red.csv", "column12", "regression")]
    [InlineData("titanic/titanic.csv", "Survived", "classes")]
    public async Task Real_files_train_as_they_are(string relative, string? label, string what)
    {
        var file = RealData.Find(relative)!;

        var (spec, validated, summary) = await TrainAsync(await File.ReadAllBytesAsync(file), Path.GetFileName(file), label);

        validated.Rows.ShouldBeGreaterThan(800);
        summary.Rows.ShouldBeGreaterThan(600);
        (spec.Target.Classes == null ? "regression" : "classes").ShouldBe(what);
    }

    [RealDataFact]
    public async Task The_faults_of_the_real_hours_are_told_by_the_inferred_contract_alone()
    {
        var (_, validated, _) = await TrainAsync(await File.ReadAllBytesAsync(RealData.HourFile!), "hour.csv", null);

        validated.Rows.ShouldBe(17_379);
        validated.Warnings.ShouldContain(warning => warning.What == "Gaps in time" && warning.Value!.StartsWith("165 missing in "));
        validated.Warnings.ShouldContain(warning => warning.Where == "Hum was measured" && warning.Value!.StartsWith("22 rows, "));
        validated.Warnings.ShouldContain(warning => warning.Where == "Temp and Atemp go together"
            && warning.Value == "24 rows, first 2012-08-17 00:00");
    }

    /// <summary>From 2 to 99 days fewer days were held out than any gate can be judged on, and the definition was refused.</summary>
    [Theory]
    [InlineData(21)]
    [InlineData(99)]
    public async Task A_file_of_few_days_trains_as_it_is(int days)
    {
        var text = new StringBuilder("day,hour,temp,count\n");
        var random = new SplitMix64(2);
        for (var hour = 0; hour < days * 24; hour++)
        {
            text.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{new DateOnly(2024, 1, 1).AddDays(hour / 24):yyyy-MM-dd},{hour % 24},{random.NextNormal():0.000},{random.NextInt(500)}\n");
        }

        var (spec, _, summary) = await TrainAsync(Encoding.UTF8.GetBytes(text.ToString()), "days.csv", "count");

        spec.HoldOut.Describe().ShouldBe("the last 10 days");
        (summary.HeldOut, summary.Rows).ShouldBe((10 * 24, (days - 10) * 24));
    }

    [Fact]
    public async Task Names_and_texts_of_any_kind_become_code()
    {
        var random = new SplitMix64(1);
        var text = new StringBuilder("class,\"1st \"\"quoted\"\"\",e-mail,Note,to string,ok\n");
        for (var row = 0; row < 400; row++)
        {
            text.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{row % 7},\"say \"\"{row % 3}\"\" \\\",a{row}@b.c,{(row % 5 == 0 ? "" : $"n{row}")},{(row % 11 == 0 ? "NA" : FormattableString.Invariant($"{random.NextNormal():R}"))},{(random.NextInt(5) < 2 ? "yes" : "no")}\n");
        }

        var (spec, validated, _) = await TrainAsync(Encoding.UTF8.GetBytes(text.ToString()), "odd.csv", "ok");

        validated.Rows.ShouldBe(400);
        spec.Contract["e-mail"].PersonalData.ShouldBeTrue();
        spec.Contract["to string"].Nullable.ShouldBeTrue();
        spec.Contract["1st \"quoted\""].Rule.Categories!.Count.ShouldBe(3);
        spec.Target.Classes!.Names.ShouldBe(["no", "yes"]);
    }

    /// <summary>A header with a line break wrote code into the pipeline, which ran with the next start of the build.</summary>
    [Theory]
    [InlineData("y\nstatic class Pwn { } //")]
    [InlineData("y\u2028static class Pwn { } //")]
    [InlineData("y */ static class Pwn { } /*")]
    public async Task A_name_of_a_file_is_never_code(string name)
    {
        var random = new SplitMix64(1);
        var text = new StringBuilder($"a,kind,\"{name}\"\n");
        for (var row = 0; row < 300; row++)
        {
            text.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{random.NextNormal():0.000},{(row % 2 == 0 ? "\"u\u2028 v\"" : "w\u0085x")},{random.NextNormal():0.000}\n");
        }

        var inferred = await ContractInference.OfAsync(
            TableFile.Of("evil.csv", Encoding.UTF8.GetBytes(text.ToString())), null, CancellationToken.None);
        var written = PipelineText.Of("Found", "data/evil.csv", inferred);

        Compiled(written).GetType().Assembly.GetTypes().ShouldAllBe(type => !type.Name.Contains("Pwn"), written);
        written.ShouldNotContain('\u2028');
    }

    [Fact]
    public async Task Three_hundred_days_hold_out_as_many_rows_as_training_asks_for()
    {
        var random = new SplitMix64(3);
        var text = new StringBuilder("day,temp,count\n");
        for (var day = 0; day < 300; day++)
        {
            text.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{new DateOnly(2024, 1, 1).AddDays(day):yyyy-MM-dd},{random.NextNormal():0.000},{random.NextInt(500)}\n");
        }

        (await TrainAsync(Encoding.UTF8.GetBytes(text.ToString()), "days.csv", "count")).Summary.HeldOut.ShouldBe(50);
    }

    [Fact]
    public async Task Numbers_too_long_to_be_kept_and_telephone_numbers_are_no_features()
    {
        var random = new SplitMix64(4);
        var text = new StringBuilder("order_id,big,phone,x,kind,note\n");
        foreach (var id in random.NextOrder(6000))
        {
            text.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{id},{1_152_921_504_606_846_976 + id},{4_912_000 + random.NextInt(99_999)},{random.NextNormal():0.000},{(id % 3 == 0 ? "a" : "b")},text {id}\n");
        }

        var (spec, validated, _) = await TrainAsync(Encoding.UTF8.GetBytes(text.ToString()), "orders.csv", null);

        validated.Rows.ShouldBe(6000);
        spec.Contract["order_id"].Role.ShouldBe(Data.Contracts.ColumnRole.Identifier);
        spec.Contract["big"].Rule.Kind.ShouldBe(Core.Fields.FieldKind.Text);
        spec.Contract["phone"].PersonalData.ShouldBeTrue();
        spec.Contract.Label!.Name.ShouldBe("kind");
        spec.Features.SelectMany(feature => feature.Columns).ShouldBe(["x"]);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<(PipelineSpec Spec, ValidatedData Validated, TrainingSummary Summary)> TrainAsync(
        byte[] content, string name, string? label)
    {
        var inferred = await ContractInference.OfAsync(TableFile.Of(name, content), label, CancellationToken.None);
        var spec = Compiled(PipelineText.Of("Found", "data/" + name, inferred)).Specify(new Dictionary<string, string>());
        await File.WriteAllBytesAsync(_folder[name], content);
        var snapshot = new SnapshotFiles([name], [new(Digest.Of(content), _folder[name])]) { Format = spec.Source.Format };
        var validated = await new ValidateStage()
            .RunAsync(new(snapshot, spec.Contract), _folder.Path, new Progress<string>(), CancellationToken.None);
        return (
            spec, validated,
            await new TrainStage().RunAsync(new(snapshot, spec), _folder.Path, new Progress<string>(), CancellationToken.None));
    }

    private static ModelPipeline Compiled(string text)
    {
        const string Usings = "global using System; global using System.Collections.Generic; global using System.Linq;";
        RuntimeHelpers.RunClassConstructor(typeof(Modeling.Training.Trainers).TypeHandle);
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "Found",
            [.. new[] { Usings, text }
                .Select(source => CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview)))],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var stream = new MemoryStream();
        var emitted = compilation.Emit(stream);
        emitted.Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error).Select(found => found.ToString())
            .ShouldBeEmpty(text);
        return (ModelPipeline)Activator.CreateInstance(System.Reflection.Assembly.Load(stream.ToArray()).GetType("Found")!)!;
    }
}
