-- Made from expressions.py by `python -m songhanh.engine.expressions`; change that, not this.

-- step: engine_presence
SELECT DISTINCT
  *
FROM (
  SELECT
    "t8"."reading",
    "t3"."level",
    "t8"."org"
  FROM (
    SELECT DISTINCT
      *
    FROM (
      SELECT
        "t5"."reading",
        "t4"."area",
        "t4"."org"
      FROM "engine_frame" AS "t4"
      INNER JOIN "engine_reading" AS "t5"
        ON "t4"."element" = "t5"."element" AND "t4"."period" = "t5"."period"
    ) AS "t6"
  ) AS "t8"
  INNER JOIN "engine_place" AS "t3"
    ON "t8"."area" = "t3"."area"
) AS "t9";

-- step: engine_cell
SELECT
  "t25"."cell",
  "t25"."area",
  "t6"."level",
  "t25"."org",
  "t25"."state",
  "t25"."whole",
  "t25"."micro",
  "t25"."status"
FROM (
  SELECT
    "t23"."cell",
    "t23"."area",
    "t23"."org",
    "t23"."whole",
    "t23"."micro",
    "t23"."status",
    "t23"."state"
  FROM (
    SELECT
      "t22"."cell",
      "t22"."time_rank",
      "t22"."area",
      "t22"."org",
      "t22"."whole",
      "t22"."micro",
      "t22"."status",
      "t22"."state",
      MIN("t22"."time_rank") OVER (
        PARTITION BY "t22"."cell", "t22"."area", "t22"."org"
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) AS "lowest"
    FROM (
      SELECT
        "t7"."cell",
        "t7"."time_rank",
        "t21"."area",
        "t21"."org",
        "t21"."whole",
        "t21"."micro",
        "t21"."status",
        CASE
          WHEN "t21"."void" = "t7"."time_size"
          THEN 'KHONG_AP_DUNG'
          WHEN (
            "t21"."void" + "t21"."answered"
          ) < "t7"."time_size"
          THEN 'CHUA_CO_SO_LIEU'
          WHEN "t21"."valued" = 0
          THEN 'KHONG_PHAT_SINH'
          ELSE 'GIA_TRI'
        END AS "state"
      FROM (
        SELECT
          "t19"."span",
          "t19"."area",
          "t19"."org",
          COUNT(*) FILTER(WHERE
            "t19"."state" = 'GIA_TRI') AS "valued",
          COUNT(*) FILTER(WHERE
            (
              "t19"."state" = 'GIA_TRI'
            ) OR (
              "t19"."state" = 'KHONG_PHAT_SINH'
            )) AS "answered",
          COUNT(*) FILTER(WHERE
            "t19"."state" = 'KHONG_AP_DUNG') AS "void",
          COALESCE(SUM("t19"."whole") FILTER(WHERE
            "t19"."state" = 'GIA_TRI'), 0) AS "whole",
          COALESCE(SUM("t19"."micro") FILTER(WHERE
            "t19"."state" = 'GIA_TRI'), 0) AS "micro",
          COALESCE(
            MIN("t19"."status") FILTER(WHERE
              NOT (
                "t19"."state" = 'KHONG_AP_DUNG'
              )),
            3
          ) AS "status"
        FROM (
          SELECT
            "t18"."spot",
            "t18"."area",
            "t18"."org",
            "t18"."whole",
            "t18"."micro",
            "t18"."status",
            "t18"."state",
            "t8"."span"
          FROM (
            SELECT
              "t16"."spot",
              "t16"."area",
              "t16"."org",
              "t16"."whole",
              "t16"."micro",
              "t16"."status",
              "t16"."state"
            FROM (
              SELECT
                "t15"."spot",
                "t15"."slot_rank",
                "t15"."area",
                "t15"."org",
                "t15"."whole",
                "t15"."micro",
                "t15"."status",
                "t15"."state",
                MIN("t15"."slot_rank") OVER (
                  PARTITION BY "t15"."spot", "t15"."area", "t15"."org"
                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                ) AS "lowest"
              FROM (
                SELECT
                  "t9"."spot",
                  "t9"."slot_rank",
                  "t14"."area",
                  "t14"."org",
                  "t14"."whole",
                  "t14"."micro",
                  "t14"."status",
                  CASE
                    WHEN "t14"."void" = "t9"."slot_size"
                    THEN 'KHONG_AP_DUNG'
                    WHEN (
                      "t14"."void" + "t14"."answered"
                    ) < "t9"."slot_size"
                    THEN 'CHUA_CO_SO_LIEU'
                    WHEN "t14"."valued" = 0
                    THEN 'KHONG_PHAT_SINH'
                    ELSE 'GIA_TRI'
                  END AS "state"
                FROM (
                  SELECT
                    "t12"."slot",
                    "t12"."area",
                    "t12"."org",
                    COUNT(*) FILTER(WHERE
                      "t12"."state" = 'GIA_TRI') AS "valued",
                    COUNT(*) FILTER(WHERE
                      (
                        "t12"."state" = 'GIA_TRI'
                      ) OR (
                        "t12"."state" = 'KHONG_PHAT_SINH'
                      )) AS "answered",
                    COUNT(*) FILTER(WHERE
                      "t12"."state" = 'KHONG_AP_DUNG') AS "void",
                    COALESCE(SUM("t12"."whole") FILTER(WHERE
                      "t12"."state" = 'GIA_TRI'), 0) AS "whole",
                    COALESCE(SUM("t12"."micro") FILTER(WHERE
                      "t12"."state" = 'GIA_TRI'), 0) AS "micro",
                    COALESCE(
                      MIN("t12"."status") FILTER(WHERE
                        NOT (
                          "t12"."state" = 'KHONG_AP_DUNG'
                        )),
                      3
                    ) AS "status"
                  FROM (
                    SELECT
                      "t11"."slot",
                      "t10"."area",
                      "t10"."org",
                      "t10"."state",
                      "t10"."whole",
                      "t10"."micro",
                      CASE
                        WHEN "t10"."status" = 'UOC'
                        THEN 0
                        WHEN "t10"."status" = 'SO_BO'
                        THEN 1
                        WHEN "t10"."status" = 'CHINH_THUC'
                        THEN 2
                        ELSE 3
                      END AS "status"
                    FROM "engine_frame" AS "t10"
                    INNER JOIN "engine_wanted" AS "t11"
                      ON "t10"."element" = "t11"."element"
                      AND "t10"."period" = "t11"."period"
                      AND "t10"."sex" = "t11"."sex"
                      AND "t10"."age" = "t11"."age"
                      AND "t10"."ethnicity" = "t11"."ethnicity"
                      AND "t10"."kind" = "t11"."kind"
                  ) AS "t12"
                  GROUP BY
                    1,
                    2,
                    3
                ) AS "t14"
                INNER JOIN "engine_slot" AS "t9"
                  ON "t14"."slot" = "t9"."slot"
              ) AS "t15"
            ) AS "t16"
            WHERE
              "t16"."slot_rank" = "t16"."lowest"
          ) AS "t18"
          INNER JOIN "engine_spot" AS "t8"
            ON "t18"."spot" = "t8"."spot"
        ) AS "t19"
        GROUP BY
          1,
          2,
          3
      ) AS "t21"
      INNER JOIN "engine_span" AS "t7"
        ON "t21"."span" = "t7"."span"
    ) AS "t22"
  ) AS "t23"
  WHERE
    "t23"."time_rank" = "t23"."lowest"
) AS "t25"
INNER JOIN "engine_place" AS "t6"
  ON "t25"."area" = "t6"."area";

-- step: engine_unit
SELECT
  *
FROM (
  SELECT
    "t25"."scope",
    "t12"."area",
    "t25"."org"
  FROM (
    SELECT DISTINCT
      *
    FROM (
      SELECT
        "t18"."scope",
        "t19"."org"
      FROM (
        SELECT
          *
        FROM "engine_role" AS "t2"
        WHERE
          "t2"."by_org" = 1
      ) AS "t18"
      INNER JOIN (
        SELECT
          "t1"."scope"
        FROM "engine_scope" AS "t1"
        WHERE
          "t1"."orgs" = 1
      ) AS "t16"
        ON "t18"."scope" = "t16"."scope"
      INNER JOIN (
        SELECT DISTINCT
          "t3"."reading",
          "t3"."org"
        FROM "engine_presence" AS "t3"
        WHERE
          "t3"."level" = 0 AND "t3"."org" <> ''
      ) AS "t19"
        ON "t18"."reading" = "t19"."reading"
    ) AS "t23"
  ) AS "t25"
  CROSS JOIN (
    SELECT
      "t0"."area"
    FROM "engine_place" AS "t0"
    WHERE
      "t0"."level" = 0
  ) AS "t12"
) AS "t26"
UNION ALL
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t15"."scope",
      "t14"."area",
      '' AS "org"
    FROM (
      SELECT
        *
      FROM "engine_scope" AS "t1"
      WHERE
        "t1"."communes" = 1
    ) AS "t15"
    CROSS JOIN (
      SELECT
        *
      FROM "engine_place" AS "t0"
      WHERE
        "t0"."level" = 1
    ) AS "t14"
  ) AS "t20"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t17"."scope",
      "t13"."area",
      '' AS "org"
    FROM (
      SELECT
        *
      FROM "engine_scope" AS "t1"
      WHERE
        "t1"."totals" = 1
    ) AS "t17"
    CROSS JOIN (
      SELECT
        *
      FROM "engine_place" AS "t0"
      WHERE
        "t0"."level" = 0
    ) AS "t13"
  ) AS "t21"
) AS "t22";

-- step: engine_stand
WITH "t19" AS (
  SELECT
    "t5"."scope",
    "t6"."family",
    "t6"."n_size",
    "t6"."d_size",
    "t6"."share",
    "t5"."area",
    "t5"."org",
    COALESCE("t18"."n_void", 0) AS "n_void",
    COALESCE("t18"."n_known", 0) AS "n_known",
    COALESCE("t18"."n_sum", 0) AS "n_sum",
    COALESCE("t18"."d_void", 0) AS "d_void",
    COALESCE("t18"."d_known", 0) AS "d_known",
    COALESCE("t18"."d_sum", 0) AS "d_sum",
    COALESCE("t18"."passing", 0) AS "passing",
    COALESCE("t17"."owed", 0) AS "owed",
    COALESCE("t18"."status", 3) AS "status"
  FROM "engine_unit" AS "t5"
  INNER JOIN "engine_scope" AS "t6"
    ON "t5"."scope" = "t6"."scope"
  LEFT OUTER JOIN (
    SELECT
      "t13"."scope",
      "t13"."area",
      "t13"."org",
      COUNT(*) FILTER(WHERE
        (
          "t13"."side" = 'N'
        ) AND (
          "t13"."state" = 'KHONG_AP_DUNG'
        )) AS "n_void",
      COUNT(*) FILTER(WHERE
        (
          "t13"."side" = 'N'
        ) AND "t13"."state" IN ('GIA_TRI', 'KHONG_PHAT_SINH')) AS "n_known",
      COALESCE(
        SUM("t13"."whole") FILTER(WHERE
          (
            "t13"."side" = 'N'
          ) AND "t13"."state" IN ('GIA_TRI', 'KHONG_PHAT_SINH')),
        0
      ) AS "n_sum",
      COUNT(*) FILTER(WHERE
        (
          "t13"."side" = 'D'
        ) AND (
          "t13"."state" = 'KHONG_AP_DUNG'
        )) AS "d_void",
      COUNT(*) FILTER(WHERE
        (
          "t13"."side" = 'D'
        ) AND "t13"."state" IN ('GIA_TRI', 'KHONG_PHAT_SINH')) AS "d_known",
      COALESCE(
        SUM("t13"."whole") FILTER(WHERE
          (
            "t13"."side" = 'D'
          ) AND "t13"."state" IN ('GIA_TRI', 'KHONG_PHAT_SINH')),
        0
      ) AS "d_sum",
      COUNT(*) FILTER(WHERE
        "t13"."state" IN ('GIA_TRI', 'KHONG_PHAT_SINH')
        AND (
          "t13"."whole" >= "t13"."mark"
        )) AS "passing",
      COALESCE(
        MIN("t13"."status") FILTER(WHERE
          "t13"."state" IN ('GIA_TRI', 'KHONG_PHAT_SINH')),
        3
      ) AS "status"
    FROM (
      SELECT
        "t7"."scope",
        "t7"."cell",
        "t7"."side",
        "t7"."mark",
        "t8"."area",
        "t8"."org",
        "t8"."state",
        "t8"."whole",
        "t8"."status"
      FROM "engine_role" AS "t7"
      INNER JOIN "engine_cell" AS "t8"
        ON "t7"."cell" = "t8"."cell"
    ) AS "t13"
    GROUP BY
      1,
      2,
      3
  ) AS "t18"
    ON "t5"."scope" = "t18"."scope"
    AND "t5"."area" = "t18"."area"
    AND "t5"."org" = "t18"."org"
  LEFT OUTER JOIN (
    SELECT
      "t14"."scope",
      "t14"."org",
      COUNT(*) AS "owed"
    FROM (
      SELECT
        "t10"."scope",
        "t10"."reading",
        "t12"."org"
      FROM (
        SELECT
          "t2"."scope",
          "t2"."reading"
        FROM "engine_role" AS "t2"
      ) AS "t10"
      INNER JOIN (
        SELECT DISTINCT
          "t4"."reading",
          "t4"."org"
        FROM "engine_presence" AS "t4"
        WHERE
          "t4"."level" = 0 AND "t4"."org" <> ''
      ) AS "t12"
        ON "t10"."reading" = "t12"."reading"
    ) AS "t14"
    GROUP BY
      1,
      2
  ) AS "t17"
    ON "t5"."scope" = "t17"."scope" AND "t5"."org" = "t17"."org"
)
SELECT
  *
FROM (
  SELECT
    "t20"."scope",
    "t20"."area",
    "t20"."org",
    CAST(CASE
      WHEN (
        "t20"."n_size" - "t20"."n_void"
      ) = 0
      THEN 0
      WHEN "t20"."n_known" = (
        "t20"."n_size" - "t20"."n_void"
      )
      THEN 1
      ELSE 2
    END AS BIGINT) AS "standing",
    CAST(CASE
      WHEN (
        (
          "t20"."n_size" - "t20"."n_void"
        ) > 0
      )
      AND (
        "t20"."passing" = (
          "t20"."n_size" - "t20"."n_void"
        )
      )
      THEN 1
      ELSE 0
    END AS BIGINT) AS "num",
    CAST(CASE WHEN (
      "t20"."n_size" - "t20"."n_void"
    ) > 0 THEN 1 ELSE 0 END AS BIGINT) AS "den",
    "t20"."status",
    CAST(CASE WHEN (
      "t20"."n_size" - "t20"."n_void"
    ) < 0 THEN 1 ELSE 0 END AS BIGINT) AS "wrong"
  FROM "t19" AS "t20"
  WHERE
    "t20"."family" = 'every'
) AS "t21"
UNION ALL
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t20"."scope",
      "t20"."area",
      "t20"."org",
      CAST(CASE
        WHEN (
          (
            (
              "t20"."n_size" > 0
            ) AND (
              "t20"."n_void" = "t20"."n_size"
            )
          )
          OR (
            "t20"."n_size" = 0
          )
        )
        AND (
          (
            (
              "t20"."d_size" > 0
            ) AND (
              "t20"."d_void" = "t20"."d_size"
            )
          )
          OR (
            "t20"."d_size" = 0
          )
        )
        THEN 0
        WHEN (
          (
            "t20"."n_size" > 0
          ) AND (
            "t20"."n_void" = "t20"."n_size"
          )
        )
        OR (
          (
            "t20"."d_size" > 0
          ) AND (
            "t20"."d_void" = "t20"."d_size"
          )
        )
        THEN 2
        WHEN (
          (
            "t20"."share" = 1
          )
          AND (
            (
              "t20"."d_void" + "t20"."d_known"
            ) = "t20"."d_size"
          )
          AND (
            "t20"."d_sum" = 0
          )
        )
        OR (
          (
            (
              "t20"."n_void" + "t20"."n_known"
            ) = "t20"."n_size"
          )
          AND (
            (
              "t20"."d_void" + "t20"."d_known"
            ) = "t20"."d_size"
          )
        )
        THEN 1
        ELSE 2
      END AS BIGINT) AS "standing",
      CASE
        WHEN (
          (
            "t20"."n_void" + "t20"."n_known"
          ) = "t20"."n_size"
        )
        AND (
          (
            "t20"."d_void" + "t20"."d_known"
          ) = "t20"."d_size"
        )
        AND NOT (
          (
            "t20"."share" = 1
          )
          AND (
            (
              "t20"."d_void" + "t20"."d_known"
            ) = "t20"."d_size"
          )
          AND (
            "t20"."d_sum" = 0
          )
        )
        AND NOT (
          (
            (
              "t20"."n_size" > 0
            ) AND (
              "t20"."n_void" = "t20"."n_size"
            )
          )
          OR (
            (
              "t20"."d_size" > 0
            ) AND (
              "t20"."d_void" = "t20"."d_size"
            )
          )
        )
        THEN "t20"."n_sum"
        ELSE 0
      END AS "num",
      CASE
        WHEN (
          (
            "t20"."n_void" + "t20"."n_known"
          ) = "t20"."n_size"
        )
        AND (
          (
            "t20"."d_void" + "t20"."d_known"
          ) = "t20"."d_size"
        )
        AND NOT (
          (
            "t20"."share" = 1
          )
          AND (
            (
              "t20"."d_void" + "t20"."d_known"
            ) = "t20"."d_size"
          )
          AND (
            "t20"."d_sum" = 0
          )
        )
        AND NOT (
          (
            (
              "t20"."n_size" > 0
            ) AND (
              "t20"."n_void" = "t20"."n_size"
            )
          )
          OR (
            (
              "t20"."d_size" > 0
            ) AND (
              "t20"."d_void" = "t20"."d_size"
            )
          )
        )
        THEN "t20"."d_sum"
        ELSE 0
      END AS "den",
      CASE
        WHEN CASE
          WHEN (
            (
              (
                "t20"."n_size" > 0
              ) AND (
                "t20"."n_void" = "t20"."n_size"
              )
            )
            OR (
              "t20"."n_size" = 0
            )
          )
          AND (
            (
              (
                "t20"."d_size" > 0
              ) AND (
                "t20"."d_void" = "t20"."d_size"
              )
            )
            OR (
              "t20"."d_size" = 0
            )
          )
          THEN 0
          WHEN (
            (
              "t20"."n_size" > 0
            ) AND (
              "t20"."n_void" = "t20"."n_size"
            )
          )
          OR (
            (
              "t20"."d_size" > 0
            ) AND (
              "t20"."d_void" = "t20"."d_size"
            )
          )
          THEN 2
          WHEN (
            (
              "t20"."share" = 1
            )
            AND (
              (
                "t20"."d_void" + "t20"."d_known"
              ) = "t20"."d_size"
            )
            AND (
              "t20"."d_sum" = 0
            )
          )
          OR (
            (
              (
                "t20"."n_void" + "t20"."n_known"
              ) = "t20"."n_size"
            )
            AND (
              (
                "t20"."d_void" + "t20"."d_known"
              ) = "t20"."d_size"
            )
          )
          THEN 1
          ELSE 2
        END = 1
        THEN "t20"."status"
        ELSE 3
      END AS "status",
      CAST(CASE
        WHEN (
          (
            (
              "t20"."n_size" > 0
            ) AND (
              "t20"."n_void" = "t20"."n_size"
            )
          )
          OR (
            (
              "t20"."d_size" > 0
            ) AND (
              "t20"."d_void" = "t20"."d_size"
            )
          )
          OR (
            (
              "t20"."share" = 1
            )
            AND (
              (
                (
                  "t20"."share" = 1
                )
                AND (
                  (
                    "t20"."d_void" + "t20"."d_known"
                  ) = "t20"."d_size"
                )
                AND (
                  "t20"."d_sum" = 0
                )
              )
              OR (
                (
                  (
                    "t20"."n_void" + "t20"."n_known"
                  ) = "t20"."n_size"
                )
                AND (
                  (
                    "t20"."d_void" + "t20"."d_known"
                  ) = "t20"."d_size"
                )
              )
            )
            AND (
              "t20"."n_sum" > "t20"."d_sum"
            )
          )
        )
        AND NOT (
          (
            (
              (
                "t20"."n_size" > 0
              ) AND (
                "t20"."n_void" = "t20"."n_size"
              )
            )
            OR (
              "t20"."n_size" = 0
            )
          )
          AND (
            (
              (
                "t20"."d_size" > 0
              ) AND (
                "t20"."d_void" = "t20"."d_size"
              )
            )
            OR (
              "t20"."d_size" = 0
            )
          )
        )
        THEN 1
        ELSE 0
      END AS BIGINT) AS "wrong"
    FROM "t19" AS "t20"
    WHERE
      "t20"."family" IN ('share', 'deduplicated')
      AND NOT (
        (
          "t20"."family" = 'deduplicated'
        ) AND (
          "t20"."org" <> ''
        )
      )
  ) AS "t23"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t20"."scope",
      "t20"."area",
      "t20"."org",
      CAST(CASE
        WHEN (
          "t20"."n_void" + "t20"."d_void"
        ) = "t20"."owed"
        THEN 0
        WHEN (
          "t20"."n_void" + "t20"."d_void" + "t20"."n_known" + "t20"."d_known"
        ) = "t20"."owed"
        THEN 1
        ELSE 2
      END AS BIGINT) AS "standing",
      "t20"."n_sum" AS "num",
      "t20"."d_sum" AS "den",
      CASE
        WHEN CASE
          WHEN (
            "t20"."n_void" + "t20"."d_void"
          ) = "t20"."owed"
          THEN 0
          WHEN (
            "t20"."n_void" + "t20"."d_void" + "t20"."n_known" + "t20"."d_known"
          ) = "t20"."owed"
          THEN 1
          ELSE 2
        END = 1
        THEN "t20"."status"
        ELSE 3
      END AS "status",
      CAST(CASE WHEN "t20"."owed" < 0 THEN 1 ELSE 0 END AS BIGINT) AS "wrong"
    FROM "t19" AS "t20"
    WHERE
      "t20"."family" = 'deduplicated' AND "t20"."org" <> ''
  ) AS "t22"
) AS "t24";

-- step: kinds
SELECT DISTINCT
  "t8"."element",
  "t8"."kind"
FROM (
  SELECT
    "t3"."element",
    "t3"."area",
    "t3"."org",
    "t3"."period",
    "t3"."sex",
    "t3"."age",
    "t3"."ethnicity",
    "t3"."kind",
    "t3"."state",
    "t3"."status",
    "t3"."whole",
    "t3"."micro",
    "t3"."line",
    "t6"."reading",
    "t6"."by_kind",
    "t7"."level"
  FROM "engine_frame" AS "t3"
  INNER JOIN (
    SELECT
      *
    FROM "engine_reading" AS "t1"
    WHERE
      "t1"."by_kind" = 1
  ) AS "t6"
    ON "t3"."element" = "t6"."element" AND "t3"."period" = "t6"."period"
  INNER JOIN (
    SELECT
      *
    FROM "engine_place" AS "t2"
    WHERE
      "t2"."level" = 0
  ) AS "t7"
    ON "t3"."area" = "t7"."area"
) AS "t8"
WHERE
  "t8"."org" = '';

-- step: province
SELECT
  "t0"."cell",
  "t0"."state",
  "t0"."whole",
  "t0"."micro",
  "t0"."status"
FROM "engine_cell" AS "t0"
WHERE
  "t0"."level" = 0 AND "t0"."org" = '';

-- step: coverage
SELECT
  "t0"."scope",
  COUNT(*) FILTER(WHERE
    "t0"."standing" <> 0) AS "need",
  COUNT(*) FILTER(WHERE
    "t0"."standing" = 1) AS "have",
  SUM("t0"."num") AS "num",
  SUM("t0"."den") AS "den",
  MIN("t0"."status") AS "status",
  SUM("t0"."wrong") AS "wrong"
FROM "engine_stand" AS "t0"
GROUP BY
  1;

-- step: silent
SELECT
  "t0"."scope",
  "t0"."area",
  "t0"."org"
FROM "engine_stand" AS "t0"
WHERE
  "t0"."standing" = 2;

-- step: answered
SELECT
  "t9"."scope",
  "t9"."cell",
  COUNT(*) AS "units",
  COUNT(*) FILTER(WHERE
    "t9"."org" <> '') AS "orgs"
FROM (
  SELECT
    "t8"."scope",
    "t8"."cell",
    "t8"."side",
    "t8"."mark",
    "t8"."area",
    "t8"."org",
    "t8"."state",
    "t8"."whole",
    "t8"."status"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t4"."scope",
        "t4"."cell",
        "t4"."side",
        "t4"."mark",
        "t5"."area",
        "t5"."org",
        "t5"."state",
        "t5"."whole",
        "t5"."status"
      FROM "engine_role" AS "t4"
      INNER JOIN "engine_cell" AS "t5"
        ON "t4"."cell" = "t5"."cell"
    ) AS "t6"
    WHERE
      "t6"."state" IN ('GIA_TRI', 'KHONG_PHAT_SINH')
  ) AS "t8"
  INNER JOIN "engine_unit" AS "t3"
    ON "t8"."scope" = "t3"."scope"
    AND "t8"."area" = "t3"."area"
    AND "t8"."org" = "t3"."org"
) AS "t9"
GROUP BY
  1,
  2;

-- step: commune_rows
SELECT
  "t3"."scope",
  "t3"."area",
  "t3"."standing",
  "t3"."num",
  "t3"."den",
  "t3"."status"
FROM "engine_stand" AS "t3"
INNER JOIN (
  SELECT
    "t1"."scope"
  FROM "engine_scope" AS "t1"
  WHERE
    "t1"."commune_rows" = 1
) AS "t6"
  ON "t3"."scope" = "t6"."scope"
INNER JOIN (
  SELECT
    "t2"."area"
  FROM "engine_place" AS "t2"
  WHERE
    "t2"."level" = 1
) AS "t7"
  ON "t3"."area" = "t7"."area";

-- step: over_bounds
SELECT
  COUNT(*) AS "pairs"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t3"."scope",
      "t3"."low",
      "t3"."high",
      "t4"."area",
      "t4"."org",
      "t7"."low_whole",
      "t7"."low_micro",
      "t8"."high_whole",
      "t8"."high_micro"
    FROM "engine_bound" AS "t3"
    INNER JOIN "engine_unit" AS "t4"
      ON "t3"."scope" = "t4"."scope"
    INNER JOIN (
      SELECT
        "t2"."cell" AS "low",
        "t2"."area",
        "t2"."org",
        "t2"."whole" AS "low_whole",
        "t2"."micro" AS "low_micro"
      FROM "engine_cell" AS "t2"
      WHERE
        "t2"."state" IN ('GIA_TRI', 'KHONG_PHAT_SINH')
    ) AS "t7"
      ON "t3"."low" = "t7"."low" AND "t4"."area" = "t7"."area" AND "t4"."org" = "t7"."org"
    INNER JOIN (
      SELECT
        "t2"."cell" AS "high",
        "t2"."area",
        "t2"."org",
        "t2"."whole" AS "high_whole",
        "t2"."micro" AS "high_micro"
      FROM "engine_cell" AS "t2"
      WHERE
        "t2"."state" IN ('GIA_TRI', 'KHONG_PHAT_SINH')
    ) AS "t8"
      ON "t3"."high" = "t8"."high"
      AND "t4"."area" = "t8"."area"
      AND "t4"."org" = "t8"."org"
  ) AS "t9"
  WHERE
    (
      "t9"."low_whole" > "t9"."high_whole"
    )
    OR (
      (
        "t9"."low_whole" = "t9"."high_whole"
      )
      AND (
        "t9"."low_micro" > "t9"."high_micro"
      )
    )
) AS "t10";
