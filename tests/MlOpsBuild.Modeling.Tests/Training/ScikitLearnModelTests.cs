using System.Globalization;
using System.Text.Json;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Modeling.Tests;
using MlOpsBuild.Scoring;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Modeling.Training.Tests;

/// <summary>Models of classes beside scikit-learn's, on the data sets that it brings, on the same split.</summary>
public sealed class ScikitLearnModelTests
{
    private const string Program = """
        import json, sys
        import numpy as np
        from sklearn import datasets, metrics
        from sklearn.ensemble import HistGradientBoostingClassifier
        from sklearn.linear_model import LogisticRegression
        from sklearn.model_selection import train_test_split
        from sklearn.preprocessing import StandardScaler
        given = json.load(sys.stdin)
        if "rows" in given:
            X, y = np.array(given["rows"]), np.array(given["labels"])
            n = given["training"]
            a, b, c, d = X[:n], X[n:], y[:n], y[n:]
        else:
            X, y = getattr(datasets, "load_" + given["name"])(return_X_y=True)
            a, b, c, d = train_test_split(X, y, test_size=0.3, random_state=0, stratify=y)
        scaler = StandardScaler().fit(a)
        linear = LogisticRegression(C=1, solver="newton-cg", tol=1e-9, max_iter=100000).fit(scaler.transform(a), c)
        boosted = HistGradientBoostingClassifier(random_state=0).fit(a, c)
        p, q = linear.predict_proba(scaler.transform(b)), boosted.predict_proba(b)
        json.dump({
            "training": a.tolist(), "trained": c.tolist(), "heldOut": b.tolist(), "labels": d.tolist(), "classes": int(y.max()) + 1,
            "coefficients": linear.coef_.tolist(), "intercepts": linear.intercept_.tolist(), "logLoss": metrics.log_loss(d, p), "accuracy": metrics.accuracy_score(d, q.argmax(axis=1)),
            "linearAuc": metrics.roc_auc_score(d, p[:, 1]) if p.shape[1] == 2 else 0, "auc": metrics.roc_auc_score(d, q[:, 1]) if p.shape[1] == 2 else metrics.roc_auc_score(d, q, multi_class="ovr")}, sys.stdout)
        """;

    private static readonly JsonSerializerOptions Camel = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    [ScikitLearnFact]
    [Trait("Category", "Nightly")]
    public async Task Two_classes_of_breast_cancer_are_told_as_scikit_learn_tells_them()
    {
        var peer = await AskAsync("""{"name": "breast_cancer"}""");

        RequireLinear(peer);
        foreach (var trainer in (TrainerSpec[])[Trainers.FastTree(), Trainers.LightGbm()])
        {
            Metrics.AreaUnderRoc.Of(Evaluate(trainer, peer)).ShouldBeGreaterThan(peer.Auc - 0.01, trainer.Kind);
        }
    }

    [ScikitLearnFact]
    [Trait("Category", "Nightly")]
    public async Task Three_classes_of_wine_are_told_as_scikit_learn_tells_them() => RequireMany(await AskAsync("""{"name": "wine"}"""));

    [ScikitLearnFact]
    [Trait("Category", "Nightly")]
    public async Task Ten_digits_are_told_as_scikit_learn_tells_them() => RequireMany(await AskAsync("""{"name": "digits"}"""));

    /// <summary>More than the median of bikes, on the real file: its numeric columns, the last 60 days held out.</summary>
    [ScikitLearnFact(ReadsRealData = true)]
    public async Task Busy_hours_of_the_real_file_are_told_as_scikit_learn_tells_them()
    {
        string[] columns =
        [
            "instant", "season", "mnth", "hr", "holiday", "weekday", "workingday", "weathersit", "temp", "atemp", "hum", "windspeed"
        ];
        var split = new Splitting.LastDays(60).Split(HourData.Table, 1);
        var rows = Enumerable.Range(0, HourData.Table.Rows)
            .Select(row => columns.Select(column => HourData.Table.Columns[column][row]).ToArray());
        var labels = HourData.Table.Label.Select(label => label > 142 ? 1 : 0);

        var peer = await AskAsync(JsonSerializer.Serialize(new { rows, labels, training = split.Training.Count }));

        RequireLinear(peer);
        peer.LinearAuc.ShouldBe(0.8369, 0.0005);
        Metrics.AreaUnderRoc.Of(Evaluate(Trainers.Linear(), peer)).ShouldBe(0.8369, 0.0005);
        Metrics.AreaUnderRoc.Of(Evaluate(Trainers.FastTree(), peer)).ShouldBeGreaterThanOrEqualTo(0.958);
    }

    private static async Task<Peer> AskAsync(string what) =>
        JsonSerializer.Deserialize<Peer>(await ScikitLearn.RunAsync(Program, what, CancellationToken.None), Camel)!;

    private static void RequireMany(Peer peer)
    {
        RequireLinear(peer);
        foreach (var trainer in (TrainerSpec[])[Trainers.FastTree(), Trainers.LightGbm()])
        {
            // One of 54 rows is 0.02 of accuracy.
            var (metric, theirs) = peer.Labels.Length < 100 ? (Metrics.AreaUnderRoc, peer.Auc) : (Metrics.Accuracy, peer.Accuracy);
            metric.Of(Evaluate(trainer, peer)).ShouldBeGreaterThan(theirs - 0.01, trainer.Kind);
        }
    }

    private static void RequireLinear(Peer peer)
    {
        var fitted = Fit(Trainers.Linear(), peer);
        var (coefficients, intercepts) = fitted is LinearModel two ? ([two.Coefficients], [two.Intercept])
            : fitted is SoftmaxModel many ? (many.Coefficients, many.Intercepts)
            : throw new InvalidOperationException();
        var used = ((fitted as LinearModel)?.Transform ?? ((SoftmaxModel)fitted).Transform)
            .Terms.SelectMany(term => term.Names)
            .Select(name => int.Parse(name[1..], CultureInfo.InvariantCulture))
            .ToArray();
        foreach (var (output, theirs) in peer.Coefficients.Index())
        {
            intercepts[output].ShouldBe(peer.Intercepts[output], 1e-4);
            coefficients[output].ShouldBe(used.Select(column => theirs[column]), 1e-4);
        }

        Metrics.LogLoss.Of(Evaluate(Trainers.Linear(), peer)).ShouldBe(peer.LogLoss, 1e-3);
    }

    private static PredictionSet Evaluate(TrainerSpec trainer, Peer peer)
    {
        var model = Fit(trainer, peer);
        var table = Table(peer.HeldOut, peer.Labels, peer.Classes);
        var predictions = FieldRows.Of(table, model.Fields)
            .SelectMany(row => Enumerable.Range(0, model.Classes!.Width).Select(position => model.Predict(row)[position]));
        return new(trainer.Kind, new int[peer.Labels.Length], table.Label, [.. predictions], new Dictionary<string, double[]>())
        {
            Classes = model.Classes
        };
    }

    private static TrainedModel Fit(TrainerSpec trainer, Peer peer) => Fitted.By(
        trainer, Table(peer.Training, peer.Trained, peer.Classes),
        [.. Enumerable.Range(0, peer.Training[0].Length).Select(column => (FeatureSpec)new NumberFeature(Name(column)))],
        new TargetSpec(TargetTransform.Identity, new ClassSet([.. Enumerable.Range(0, peer.Classes).Select(Text)])));

    private static DataTable Table(double[][] rows, double[] labels, int classes)
    {
        var columns = Enumerable.Range(0, rows[0].Length).ToDictionary(Name, column => rows.Select(row => row[column]).ToArray());
        columns["label"] = labels;
        return new(
            new("Peer", [
                .. columns.Keys.Where(name => name != "label")
                    .Select(name => new ColumnContract { Rule = new(name, FieldKind.Real), Property = name }),
                new()
                {
                    Rule = new("label", FieldKind.Whole, Categories: [.. Enumerable.Range(0, classes).Select(Text)]), Property = "label",
                    Role = ColumnRole.Label
                },
            ]),
            columns, [], rows.Length);
    }

    private static string Name(int column) => "x" + Text(column);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Peer(
        double[][] Training, double[] Trained, double[][] HeldOut, double[] Labels, int Classes, double[][] Coefficients,
        double[] Intercepts, double LogLoss, double Accuracy, double LinearAuc, double Auc);
}
