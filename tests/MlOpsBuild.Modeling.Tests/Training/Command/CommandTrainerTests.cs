using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Modeling.Tests;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Foreign;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Modeling.Training.Tests;

/// <summary>Programs of one's own; here of the shell, which is everywhere.</summary>
public sealed class CommandTrainerTests : IDisposable
{
    private const string Mean =
        "awk -F, 'NR > 1 { sum += $NF } END { printf \"%.3f\", sum / (NR - 1) }' training.csv > model/mean && cp training.json training.csv model/";
    private static readonly string Answer = Answering("answer $(cat model/mean)");
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void What_training_left_scores_each_line()
    {
        var model = Fit(Mean, Answer);

        model.Predict([1, 0.0]).Value.ShouldBe(4);
        model.Predict([2, double.NaN]).Value.ShouldBe(4);
        model.Close();
    }

    [Fact]
    public void The_table_holds_fields_as_they_came_and_the_label_and_says_what_they_mean()
    {
        var model = Fit(Mean, Answer);

        System.Text.Encoding.UTF8.GetString(model.Files["model/training.csv"]).Split('\n')[..3]
            .ShouldBe(["X,Kind,Value", "0,a,0", "1,\"b,\"\"c\"\"\",1"]);
        var meaning = System.Text.Json.Nodes.JsonNode.Parse(model.Files["model/training.json"])!;
        (meaning["label"]!.GetValue<string>(), meaning["fields"]!.AsArray().Count, meaning["seed"]!.GetValue<long>())
            .ShouldBe(("Value", 2, 1));
    }

    [Fact]
    public void A_model_survives_being_written_and_read()
    {
        var read = (CommandModel)CanonicalJson.Deserialize<TrainedModel>(CanonicalJson.Serialize<TrainedModel>(Fit(Mean, Answer)));

        read.Predict([1, 0.0]).Value.ShouldBe(4);
        read.Close();
    }

    [Fact]
    public void A_program_gets_named_features_as_a_request_has_them()
    {
        var model = Fit(
            "touch model/none",
            Answering("case \"$features\" in '{\"X\":3,\"Kind\":\"a\"}') answer 7;; '{\"X\":3}') answer 8;; *) answer 0;; esac"));

        (model.Predict([3, 0.0]).Value, model.Predict([3, double.NaN]).Value).ShouldBe((7, 8));
        model.Close();
    }

    [Fact]
    public void A_program_that_ended_is_started_again()
    {
        var model = Fit("touch model/none", Answering("answer 5; exit 0"));

        Enumerable.Range(0, 3).Select(_ => model.Predict([1, 0.0]).Value).ShouldBe([5, 5, 5]);
        model.Close();
    }

    [Fact]
    public void Many_threads_get_their_own_answers()
    {
        var model = Fit("touch model/none", Answering("answer $x"));

        Parallel.For(0, 100, new ParallelOptions { MaxDegreeOfParallelism = 8 }, x => model.Predict([x, 0.0]).Value.ShouldBe(x));
        model.Close();
    }

    [Theory]
    [InlineData("answer '\"many\"'", "{\"id\":1,\"prediction\":\"many\"}")]
    [InlineData("echo \"{\\\"id\\\":$id,\\\"probability\\\":1}\"", "{\"id\":1,\"probability\":1}")]
    [InlineData("echo \"{\\\"id\\\":$id,\\\"error\\\":\\\"no model\\\"}\"", "no model")]
    [InlineData("echo oh dear >&2; exit 3", "it ended without an answer")]
    public void What_is_no_prediction_is_refused_with_what_the_program_said(string each, string said) =>
        Should.Throw<StageFailedException>(() => Fit("touch model/none", Answering(each)))
            .Findings.ShouldHaveSingleItem()
            .Value.ShouldBe(said);

    [Fact]
    public void A_program_that_does_not_answer_is_ended()
    {
        var model = Fit(Mean, Answer) with { Command = ["sh", "-c", "sleep 1000"], StartsWithin = TimeSpan.FromMilliseconds(50) };

        Should.Throw<StageFailedException>(() => model.Predict([1, 0.0])).Findings[0].Value.ShouldBe("no answer within 0.05 s");
    }

    /// <summary>Row 500 got an error, and row 501 the answer of row 500, and so on for ever.</summary>
    [Theory]
    [InlineData("echo 'a warning'; answer $x")]
    [InlineData("answer $x; echo 99; echo '{\"id\":0,\"prediction\":99}'; echo '[1]'")]
    [InlineData("echo; echo null; answer $x; answer 99")]
    public void Lines_that_nobody_asked_for_are_no_rows_answer(string each)
    {
        var model = Fit("touch model/none", Answering(each));

        Enumerable.Range(1, 9).Select(x => model.Predict([x, 0.0]).Value).ShouldBe(Enumerable.Range(1, 9).Select(x => (double)x));
        model.Close();
    }

    [Fact]
    public void A_program_sees_no_secret_of_ours_and_may_be_one_of_the_files()
    {
        Environment.GetEnvironmentVariables().Count.ShouldBeGreaterThan(3);
        File.WriteAllText(_folder["score"], "#!/bin/sh\n" + Answering(
            "answer $(env | cut -d= -f1 | grep -vcE '^(PATH|HOME|DOTNET_ROOT|TMPDIR|TEMP|TMP|LANG|LC_ALL|LD_LIBRARY_PATH|PYTHONPATH|VIRTUAL_ENV|CONDA_PREFIX|JAVA_HOME|R_LIBS_USER|OMP_NUM_THREADS|PWD|OLDPWD|SHLVL|_)$')"));
        var model = (CommandModel)Trainers.Command(["sh", "-c", "touch model/none"], ["./score"], ["score"])
            .Fit(Rows() with { Root = _folder.Path }, CancellationToken.None);

        model.Predict([1, 0.0]).Value.ShouldBe(0);
        model.Close();
    }

    [Fact]
    public void Nothing_is_left_when_a_model_is_closed()
    {
        var model = Fit(Mean, Answer) with { Folder = _folder.Path };
        model.Predict([1, 0.0]);
        Directory.GetDirectories(_folder.Path).ShouldHaveSingleItem();
        model.Close();

        Directory.GetDirectories(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Files_of_one_name_and_names_of_ours_are_refused() =>
        Should.Throw<UsageException>(() => Trainers.Command(["a"], ["b"], ["x/model.py", "y/model.py", "training.csv"]))
            .Findings.Count.ShouldBe(2);

    [Fact]
    public void A_program_that_does_not_heed_weights_gets_none() =>
        (Trainers.Command(["a"], ["b"], []).TakesWeights, Trainers.Command(["a"], ["b"], [], weights: true).TakesWeights)
            .ShouldBe((false, true));

    [Fact]
    public void A_training_program_that_fails_says_why() =>
        Should.Throw<StageFailedException>(() => Fit("echo no such column >&2; exit 9", Answer)).Findings.ShouldHaveSingleItem().ToString()
            .ShouldContain("no such column");

    [Fact]
    public void A_training_program_that_leaves_nothing_is_told() =>
        Should.Throw<StageFailedException>(() => Fit("true", Answer)).Findings[0].What.ShouldBe("The training program left no model");

    [Fact]
    public void A_program_that_is_not_there_is_told() =>
        Should.Throw<StageFailedException>(() => Trainers.Command(["no-such-program"], ["sh"], []).Fit(Rows(), CancellationToken.None))
            .Findings[0].What.ShouldBe("The training program cannot be started");

    [Fact]
    public void A_cancelled_training_ends_its_program()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        Should.Throw<OperationCanceledException>(() => Trainers.Command(["sh", "-c", "sleep 1000"], ["sh"], []).Fit(Rows(), stop.Token));
    }

    [Fact]
    public void Its_files_are_part_of_the_key_and_missing_ones_are_told_at_once()
    {
        var pipeline = Pipelines.Tests.TestPipeline.Specify(p => Pipelines.Tests.TestPipeline.Complete(p)
            .Features(f => f.Number(x => x.X))
            .Train(Trainers.Command(["sh", "train.sh"], ["sh"], ["train.sh", "score.sh"])));
        var input = new Stages.TrainInput(new([], []), pipeline) { Root = _folder.Path };

        Should.Throw<UsageException>(() => new Stages.TrainStage().Key(input)).Findings.Select(finding => finding.Value)
            .ShouldBe(["train.sh", "score.sh"]);
        File.WriteAllText(_folder["train.sh"], "true");
        File.WriteAllText(_folder["score.sh"], "true");
        var before = new Stages.TrainStage().Key(input).Single(part => part.Name == "train.sh").Value;
        File.WriteAllText(_folder["train.sh"], "false");
        new Stages.TrainStage().Key(input).Single(part => part.Name == "train.sh").Value.ShouldNotBe(before);
    }

    public void Dispose() => _folder.Dispose();

    // A shell's loop, with the id, the features and X of each line, and a function that answers.
    private static string Answering(string each) => """
        answer() { echo "{\"id\":$id,\"prediction\":$1}"; }
        while read -r line; do
          id=${line#*:}; id=${id%%,*}; features=${line#*\"features\":}; features=${features%\}}; x=${features#*\"X\":}; x=${x%%[,\}]*}
        """ + "\n" + each + "\ndone\n";

    private static TrainingRows Rows() => TrainingRows.Of(
        Sample.Table<Row>("X,Kind,Value\n"
            + string.Concat(Enumerable.Range(0, 90).Select(row => $"{row % 9},{(row % 2 == 0 ? "a" : "\"b,\"\"c\"\"\"")},{row % 9}\n"))),
        [new NumberFeature("X"), new OneHotFeature("Kind")], new(TargetTransform.Identity), standardise: false, seed: 1);

    private static CommandModel Fit(string train, string score) =>
        (CommandModel)Trainers.Command(["sh", "-c", train], ["sh", "-c", score], []).Fit(Rows(), CancellationToken.None);

    private sealed record Row(double X, [property: Categories("a", "b,\"c\"")] string? Kind, [property: Label] double Value);
}
